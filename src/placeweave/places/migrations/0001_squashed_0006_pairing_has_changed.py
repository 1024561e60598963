import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("places", "0001_initial"),
        ("places", "0002_versions"),
        ("places", "0003_ground_and_registers"),
        ("places", "0004_linkage"),
        ("places", "0005_shared_numbers"),
        ("places", "0006_pairing_has_changed"),
    ]

    initial = True

    dependencies = [
        ("kit", "0003_a_file_may_ask"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("town", "Town"),
                            ("locality", "Locality"),
                            ("neighbourhood", "Neighbourhood"),
                            ("island", "Island"),
                            ("council_area", "Council area"),
                            ("other", "Another kind of place"),
                        ],
                        default="locality",
                        max_length=20,
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=2000)),
                ("is_public", models.BooleanField(default=False, help_text="Visitors may see its public pages.")),
                (
                    "in_portfolio",
                    models.BooleanField(default=False, help_text="Other places may see which issues it works on."),
                ),
                ("made_up", models.BooleanField(default=False)),
                (
                    "threshold",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Counts of fewer people than this are not shown outside the workspace.",
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="places.place",
                    ),
                ),
                (
                    "parent_workspace",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="neighbourhoods",
                        to="places.place",
                    ),
                ),
                ("contacts_version", models.PositiveIntegerField(default=1)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Framework",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60)),
                ("title", models.CharField(max_length=160)),
                ("version", models.CharField(max_length=40)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("owner", models.CharField(max_length=160)),
                ("licence", models.CharField(max_length=240)),
                ("source_url", models.URLField(blank=True, max_length=300)),
                ("jurisdiction", models.CharField(blank=True, max_length=60)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["title", "version"],
                "constraints": [models.UniqueConstraint(fields=("slug", "version"), name="one_framework_version_each")],
            },
        ),
        migrations.CreateModel(
            name="Boundary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("geometry", models.JSONField()),
                ("said", models.JSONField(blank=True, default=dict, help_text="The properties the file gave it.")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="boundaries", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "boundaries",
                "ordering": ["name", "code"],
                "constraints": [models.UniqueConstraint(fields=("place", "code"), name="one_boundary_per_code")],
            },
        ),
        migrations.CreateModel(
            name="DutyContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                ("how", models.CharField(max_length=240)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="duty_contacts", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("name", models.CharField(max_length=200)),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("local_government", "Local government"),
                            ("health", "Health"),
                            ("hscp", "Health and social care partnership"),
                            ("policing", "Policing"),
                            ("fire", "Fire and rescue"),
                            ("justice", "Justice"),
                            ("education", "Education"),
                            ("enterprise", "Enterprise and skills"),
                            ("housing", "Housing"),
                            ("transport", "Transport"),
                            ("environment", "Environment and heritage"),
                            ("culture", "Culture, sport and leisure"),
                            ("third_sector", "Third sector"),
                            ("community", "Community body or resident group"),
                            ("faith", "Faith"),
                            ("business", "Business"),
                            ("trade_union", "Trade union"),
                            ("elected", "Elected members"),
                            ("national", "National government or agency"),
                            ("academia", "Academia or evaluator"),
                            ("funder", "Funder"),
                            ("resident", "Resident"),
                            ("unknown", "Sector not known"),
                        ],
                        default="unknown",
                        max_length=20,
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=2000)),
                (
                    "is_partner",
                    models.BooleanField(default=False, help_text="Takes part here, and is not only named in a file."),
                ),
                ("is_statutory", models.BooleanField(default=False)),
                ("is_anchor", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="organisations", to="places.place"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "indexes": [
                    models.Index(fields=["place", "is_partner", "name"], name="places_orga_place_i_ef32f5_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=40)),
                ("vintage", models.CharField(blank=True, max_length=20)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="places.place"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("place", "scheme", "code", "vintage"), name="one_place_code_each")
                ],
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ZoneFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("index", models.CharField(max_length=40)),
                ("vintage", models.CharField(max_length=20)),
                ("zone", models.CharField(max_length=20)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("figures", models.JSONField(default=dict)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="zones", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "zone figures",
                "ordering": ["index", "zone"],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "index", "vintage", "zone"), name="one_zone_per_index")
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameworkNode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="nodes", to="places.framework"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="places.frameworknode",
                    ),
                ),
            ],
            options={
                "ordering": ["framework", "order"],
                "constraints": [models.UniqueConstraint(fields=("framework", "code"), name="one_node_per_code")],
            },
        ),
        migrations.CreateModel(
            name="OrganisationIdentifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=80)),
                ("source", models.CharField(blank=True, max_length=120)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("current", "Current"),
                            ("former", "Former"),
                            ("shared", "Shared"),
                            ("disputed", "Disputed"),
                        ],
                        default="current",
                        max_length=10,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="places.organisation",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
                (
                    "succeeded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="predecessors",
                        to="places.organisationidentifier",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["scheme", "value"], name="places_orga_scheme_4c4e32_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "scheme", "value"), name="one_identifier_per_organisation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("legal", "Legal name"), ("known_as", "Known as"), ("former", "Former name")],
                        default="known_as",
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="places.organisation"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("name", models.CharField(max_length=120)),
                ("role", models.CharField(blank=True, max_length=120)),
                ("about", models.TextField(blank=True, max_length=1000)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "shows_contact",
                    models.BooleanField(default=False, help_text="Members of this place may see e-mail and phone."),
                ),
                (
                    "is_listed",
                    models.BooleanField(default=False, help_text="May be found by others who work on the same things."),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="people",
                        to="places.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("register", models.CharField(choices=[("oscr", "OSCR")], max_length=20)),
                ("external_id", models.CharField(max_length=120)),
                ("said", models.JSONField(default=dict)),
                ("in_latest_file", models.BooleanField(default=True)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="places.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["register", "external_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "register", "external_id"), name="one_register_entry_per_organisation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("is_private", models.BooleanField(default=True)),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sites",
                        to="places.place",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sites", to="places.organisation"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SourceRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("source", models.CharField(max_length=120)),
                ("written_number", models.CharField(blank=True, max_length=160)),
                ("name", models.CharField(max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="places.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "source", "written_number", "name"), name="one_record_per_writing"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Crosswalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("relation", models.CharField(default="same", max_length=20)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="crosswalks_out",
                        to="places.frameworknode",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="crosswalks_in",
                        to="places.frameworknode",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "target"), name="one_crosswalk_each")],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("convener", "Convener"),
                            ("facilitator", "Facilitator"),
                            ("partner", "Partner"),
                            ("community", "Community member"),
                            ("evaluator", "Evaluator"),
                            ("guest", "Guest"),
                        ],
                        max_length=12,
                    ),
                ),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="member", to="places.person"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="places.place"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("place", "account"),
                        name="one_membership_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("convener", "Convener"),
                            ("facilitator", "Facilitator"),
                            ("partner", "Partner"),
                            ("community", "Community member"),
                            ("evaluator", "Evaluator"),
                            ("guest", "Guest"),
                        ],
                        max_length=12,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=120)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(choices=[("live", "Live"), ("resting", "Resting")], default="live", max_length=8),
                ),
                ("topics", models.ManyToManyField(blank=True, related_name="issues", to="places.frameworknode")),
                ("facilitators", models.ManyToManyField(blank=True, related_name="facilitates", to="places.member")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="issues", to="places.place"
                    ),
                ),
                ("neighbourhoods", models.ManyToManyField(blank=True, related_name="+", to="places.place")),
                ("organisations", models.ManyToManyField(blank=True, related_name="issues", to="places.organisation")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["state", "pk"],
                "constraints": [models.UniqueConstraint(fields=("place", "title"), name="one_issue_per_title")],
            },
        ),
        migrations.CreateModel(
            name="LinkUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("note", models.CharField(blank=True, max_length=400)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("welcomed", "Welcomed"), ("declined", "Not now")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.frameworknode"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="places.member"
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="linkups_received", to="places.place"
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="linkups_asked", to="places.place"
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("asking", "asked", "topic"), name="one_linkup_per_topic"),
                    models.CheckConstraint(
                        condition=models.Q(("asking", models.F("asked")), _negated=True),
                        name="linkup_between_two_places",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("is_automatic", models.BooleanField(default=False)),
                ("reasons", models.JSONField(blank=True, default=list)),
                ("why", models.CharField(blank=True, max_length=400)),
                ("moved", models.JSONField(blank=True, default=dict)),
                ("left", models.JSONField(blank=True, default=dict)),
                ("held", models.JSONField(blank=True, default=dict)),
                ("made", models.JSONField(blank=True, default=dict)),
                ("altered", models.JSONField(blank=True, default=list)),
                ("filled", models.JSONField(blank=True, default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merged_by", to="places.organisation"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="places.place"
                    ),
                ),
                (
                    "survivor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="places.organisation"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("gone",), name="gone_into_one_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("names", "Alike by name and place"),
                            ("number", "Same number, different names"),
                            ("mismatch", "Two numbers of one register"),
                            ("values", "A person has to say"),
                        ],
                        default="names",
                        max_length=10,
                    ),
                ),
                ("is_suggested", models.BooleanField(default=False, help_text="Taken for one, and ticked beforehand.")),
                ("tier", models.CharField(blank=True, max_length=1)),
                ("score", models.FloatField(default=0.0)),
                ("reasons", models.JSONField(blank=True, default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("later", "Put off"),
                            ("same", "The same"),
                            ("different", "Not the same"),
                            ("lapsed", "No longer alike"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=400)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "analysis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.analysis",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pairings", to="places.place"
                    ),
                ),
                (
                    "has_changed",
                    models.BooleanField(default=False, help_text="What speaks for it changed since it was decided."),
                ),
            ],
            options={
                "ordering": ["tier", "-score", "pk"],
                "indexes": [models.Index(fields=["place", "state", "kind"], name="places_pair_place_i_7e775f_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="one_pairing_of_two"),
                    models.CheckConstraint(condition=models.Q(("one__lt", models.F("other"))), name="pairing_in_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remembered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("one", models.JSONField()),
                ("other", models.JSONField()),
                ("one_called", models.CharField(max_length=200)),
                ("other_called", models.CharField(max_length=200)),
                ("is_same", models.BooleanField()),
                ("why", models.CharField(blank=True, max_length=400)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remembered", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "remembered",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("number", models.PositiveIntegerField()),
                ("wording", models.CharField(max_length=400)),
                ("why", models.CharField(blank=True, max_length=400)),
                ("author_name", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suggested", "Suggested"),
                            ("adopted", "In use"),
                            ("past", "Earlier wording"),
                            ("set_aside", "Set aside"),
                        ],
                        default="suggested",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=120)),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="places.member"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="places.issue"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("issue", "number"), name="one_wording_per_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "adopted")), fields=("issue",), name="one_question_in_use"
                    ),
                ],
            },
        ),
    ]
