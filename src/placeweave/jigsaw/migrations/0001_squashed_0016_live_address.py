import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("jigsaw", "0001_initial"),
        ("jigsaw", "0002_initial"),
        ("jigsaw", "0010_proposed_need"),
        ("jigsaw", "0011_boards_and_meetings"),
        ("jigsaw", "0012_service"),
        ("jigsaw", "0013_tie_surveys"),
        ("jigsaw", "0014_piece_point"),
        ("jigsaw", "0015_for_the_same_people"),
        ("jigsaw", "0016_live_address"),
    ]

    initial = True

    dependencies = [
        ("kit", "0003_a_file_may_ask"),
        ("places", "0006_pairing_has_changed"),
        ("themes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("spoke_with", models.CharField(max_length=200)),
                ("shifted", models.CharField(blank=True, max_length=400)),
                (
                    "feel",
                    models.CharField(
                        choices=[("fine", "Fine"), ("strained", "Under strain"), ("thanks", "A thank-you is due")],
                        default="fine",
                        max_length=8,
                    ),
                ),
                ("happened_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contact_notes", to="places.member"
                    ),
                ),
                ("organisations", models.ManyToManyField(related_name="+", to="places.organisation")),
            ],
            options={
                "ordering": ["-happened_on", "-pk"],
                "indexes": [models.Index(fields=["author", "-happened_on"], name="jigsaw_cont_author__6b9947_idx")],
            },
        ),
        migrations.CreateModel(
            name="Difficulty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("wording", models.CharField(max_length=200)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "organisations",
                    models.ManyToManyField(blank=True, related_name="difficulties", to="places.organisation"),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="difficulties", to="places.place"
                    ),
                ),
                ("themes", models.ManyToManyField(blank=True, related_name="difficulties", to="themes.theme")),
            ],
            options={
                "verbose_name_plural": "difficulties",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "wording"), name="one_difficulty_per_wording")
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingFlow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("standard", models.CharField(default="360giving", max_length=20)),
                ("external_id", models.CharField(max_length=160)),
                ("title", models.CharField(max_length=1000)),
                ("description", models.TextField(blank=True)),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                ("awarded_on", models.DateField()),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("end_is_derived", models.BooleanField(default=False)),
                ("programme", models.CharField(blank=True, max_length=600)),
                ("url", models.CharField(blank=True, max_length=1000)),
                ("flags", models.JSONField(blank=True, default=list)),
                ("extra", models.JSONField(blank=True, default=dict)),
                (
                    "source_says",
                    models.JSONField(
                        blank=True, default=dict, help_text="What the last file said of it, field by field."
                    ),
                ),
                ("modified", models.CharField(blank=True, max_length=40)),
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
                    "funder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gave", to="places.organisation"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="flows", to="places.place"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-awarded_on", "pk"],
                "indexes": [models.Index(fields=["place", "-awarded_on"], name="jigsaw_fund_place_i_d9381b_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "standard", "external_id"), name="one_flow_per_source_id")
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(max_length=160)),
                ("detail", models.TextField(blank=True, max_length=2000)),
                (
                    "asked_for",
                    models.CharField(blank=True, help_text="For example: people on Harbour Terrace", max_length=160),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("money", "Money"),
                            ("people_skills", "People and skills"),
                            ("building_land", "Buildings and land"),
                            ("vehicle_equipment", "Vehicles and equipment"),
                            ("service", "Services"),
                            ("data", "Data"),
                            ("knowledge", "Know-how"),
                            ("relationship", "Trust and relationships"),
                            ("mandate", "Mandate"),
                            ("convening", "Convening power"),
                        ],
                        max_length=20,
                    ),
                ),
                ("when", models.CharField(blank=True, max_length=160)),
                (
                    "priority",
                    models.PositiveSmallIntegerField(choices=[(1, "Later"), (2, "Soon"), (3, "Pressing")], default=2),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("met", "Met"), ("withdrawn", "No longer wanted")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("external_id", models.CharField(blank=True, max_length=120)),
                (
                    "source_says",
                    models.JSONField(
                        blank=True, default=dict, help_text="What the last file said of it, field by field."
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
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
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.place",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="needs", to="places.place"
                    ),
                ),
                ("quotes", models.ManyToManyField(blank=True, related_name="needs", to="themes.quote")),
                ("themes", models.ManyToManyField(blank=True, related_name="needs", to="themes.theme")),
            ],
            options={
                "ordering": ["-priority", "pk"],
                "indexes": [models.Index(fields=["place", "state"], name="jigsaw_need_place_i_3224da_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("place", "external_id"),
                        name="one_need_per_source_id",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LiveAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="live_addresses", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "live addresses",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("place",),
                        name="one_live_address_open_per_place",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("money", "Money"),
                            ("people_skills", "People and skills"),
                            ("building_land", "Buildings and land"),
                            ("vehicle_equipment", "Vehicles and equipment"),
                            ("service", "Services"),
                            ("data", "Data"),
                            ("knowledge", "Know-how"),
                            ("relationship", "Trust and relationships"),
                            ("mandate", "Mandate"),
                            ("convening", "Convening power"),
                            ("in_between", "In between: nobody's, and to be protected"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "sharability",
                    models.CharField(
                        choices=[("open", "Open to others"), ("ask", "Ask first"), ("no", "Not to share")],
                        default="ask",
                        max_length=4,
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "quantity",
                    models.CharField(blank=True, help_text="For example: 6 hours a week, 40 seats", max_length=80),
                ),
                (
                    "when",
                    models.CharField(
                        blank=True, help_text="For example: Tuesday and Thursday evenings", max_length=160
                    ),
                ),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("last_checked_on", models.DateField(blank=True, null=True)),
                ("is_gone", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("external_id", models.CharField(blank=True, max_length=120)),
                (
                    "source_says",
                    models.JSONField(
                        blank=True, default=dict, help_text="What the last file said of it, field by field."
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
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
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.place",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="places.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="places.place"
                    ),
                ),
                ("hours_a_month", models.DecimalField(blank=True, decimal_places=1, max_digits=7, null=True)),
                (
                    "is_shared_beyond",
                    models.BooleanField(default=False, help_text="Other places of this installation may see it."),
                ),
                ("issues", models.ManyToManyField(blank=True, related_name="pieces", to="places.issue")),
                ("themes", models.ManyToManyField(blank=True, related_name="pieces", to="themes.theme")),
                ("topics", models.ManyToManyField(blank=True, related_name="pieces", to="places.frameworknode")),
                ("what_stops", models.CharField(blank=True, help_text="What stops when it ends.", max_length=240)),
                (
                    "point",
                    models.CharField(
                        blank=True, help_text="Latitude and longitude in degrees, in this order.", max_length=40
                    ),
                ),
            ],
            options={
                "ordering": ["organisation__name", "kind", "title"],
                "indexes": [models.Index(fields=["place", "kind", "is_gone"], name="jigsaw_piec_place_i_fee84e_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "in_between"), ("organisation", None)),
                            models.Q(models.Q(("kind", "in_between"), _negated=True), ("organisation__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_pieces_in_between_have_no_holder",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("place", "external_id"),
                        name="one_piece_per_source_id",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("name", models.CharField(max_length=160)),
                ("about", models.TextField(blank=True, max_length=2000)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                ("outcomes", models.ManyToManyField(blank=True, related_name="programmes", to="places.frameworknode")),
                ("partners", models.ManyToManyField(blank=True, related_name="programmes", to="places.organisation")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="programmes", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("place", "name"), name="one_programme_per_name")],
            },
        ),
        migrations.CreateModel(
            name="TieSurvey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("lead", models.CharField(blank=True, max_length=400)),
                ("closes_on", models.DateField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "opened_by",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="tie_surveys", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "number"), name="one_tie_survey_per_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("place",), name="one_open_tie_survey"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Help",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "received_by",
                    models.CharField(blank=True, help_text="Who asked, where no organisation did.", max_length=160),
                ),
                ("words", models.CharField(max_length=400)),
                (
                    "state",
                    models.CharField(
                        choices=[("offered", "Offered"), ("given", "Given"), ("withdrawn", "Taken back")],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("given_on", models.DateField(blank=True, null=True)),
                ("thanks", models.CharField(blank=True, max_length=400)),
                ("thanked_on", models.DateField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="help_given", to="places.organisation"
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="help",
                        to="jigsaw.need",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="help", to="places.place"
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="help_received",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "help",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["place", "state", "given_on"], name="jigsaw_help_place_i_8ff534_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("need", "giver"),
                        name="one_answer_per_need_and_partner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "given"), _negated=True), ("given_on__isnull", False), _connector="OR"
                        ),
                        name="help_given_on_some_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposedNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("assessment", models.PositiveBigIntegerField()),
                ("heading", models.CharField(max_length=40)),
                ("group", models.PositiveBigIntegerField(default=0, help_text="0 stands for everybody who answered.")),
                ("rests_on", models.CharField(max_length=600)),
                ("state", models.CharField(choices=[("taken_up", "Taken up"), ("refused", "Refused")], max_length=8)),
                ("why", models.CharField(blank=True, max_length=400)),
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
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposed",
                        to="jigsaw.need",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposed_needs", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "assessment", "heading", "group"), name="one_decision_per_low_score"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("directory", models.CharField(max_length=20)),
                ("external_id", models.CharField(max_length=80)),
                ("said", models.JSONField(default=dict)),
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
                    "piece",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="service", to="jigsaw.piece"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Synergy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("match", "Offer meets need"),
                            ("overlap", "Overlap"),
                            ("gap", "Gap"),
                            ("meeting", "Introduction"),
                            ("joint", "Two programmes"),
                            ("shared", "Shared difficulty"),
                            ("alone", "Rests on one"),
                            ("kindred", "For the same people"),
                        ],
                        max_length=8,
                    ),
                ),
                ("signature", models.CharField(max_length=64)),
                ("facts", models.CharField(max_length=64)),
                ("score", models.FloatField(default=0.0)),
                ("reason", models.JSONField(default=list, help_text="Reason codes with the records they speak of.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for a decision"),
                            ("accepted", "Taken up"),
                            ("parked", "Not now"),
                            ("refused", "Refused"),
                            ("lapsed", "No longer so"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("has_changed", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=400)),
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
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="synergies",
                        to="jigsaw.need",
                    ),
                ),
                (
                    "organisations",
                    models.ManyToManyField(blank=True, related_name="synergies", to="places.organisation"),
                ),
                ("pieces", models.ManyToManyField(blank=True, related_name="synergies", to="jigsaw.piece")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="synergies", to="places.place"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="synergies",
                        to="places.issue",
                    ),
                ),
                (
                    "likely",
                    models.FloatField(blank=True, help_text="Of introductions alone: contacts in common.", null=True),
                ),
                (
                    "valuable",
                    models.FloatField(blank=True, help_text="Of introductions alone: what it would join.", null=True),
                ),
            ],
            options={
                "verbose_name_plural": "synergies",
                "ordering": ["-score", "pk"],
                "indexes": [models.Index(fields=["place", "state", "kind"], name="jigsaw_syne_place_i_aca222_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "signature"), name="one_synergy_per_signature")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        help_text="0 none to 5 collaboration", validators=[django.core.validators.MaxValueValidator(5)]
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("reported_on", models.DateField(blank=True, null=True)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="places.place"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties_out", to="places.organisation"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ties_in", to="places.organisation"
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="jigsaw.tiesurvey",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["place", "reported_on"], name="jigsaw_tie_place_i_b98f82_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True), name="tie_between_two"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("survey", None)),
                        fields=("source", "target", "kind", "reported_on"),
                        name="one_tie_report_a_day",
                    ),
                    models.UniqueConstraint(fields=("survey", "source", "target"), name="one_tie_report_a_wave"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TieReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="places.organisation"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="jigsaw.tiesurvey"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "tie replies",
                "ordering": ["organisation__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("survey", "organisation"), name="one_reply_per_partner_and_wave")
                ],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("subject", models.CharField(max_length=160)),
                ("words", models.TextField(max_length=4000)),
                ("made_on", models.DateField()),
                ("ask_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Not asked yet"),
                            ("met", "They met"),
                            ("together", "They do something together"),
                            ("nothing", "Nothing came of it"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("outcome_words", models.CharField(blank=True, max_length=400)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="places.member"
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="introductions", to="places.place"
                    ),
                ),
                (
                    "synergy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="introductions",
                        to="jigsaw.synergy",
                    ),
                ),
            ],
            options={
                "ordering": ["ask_on", "pk"],
                "indexes": [models.Index(fields=["place", "outcome", "ask_on"], name="jigsaw_intr_place_i_8c1520_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one", models.F("other")), _negated=True), name="introduction_between_two"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TieRating",
            fields=[
                (
                    "tie",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="rating",
                        serialize=False,
                        to="jigsaw.tie",
                    ),
                ),
                ("openness", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reliability", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("shared_aim", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("influence", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("resources", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("involvement", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("openness__range", (1, 4)), ("openness", None), _connector="OR"),
                        name="openness_from_1_to_4",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__range", (1, 4)), ("reliability", None), _connector="OR"),
                        name="reliability_from_1_to_4",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shared_aim__range", (1, 4)), ("shared_aim", None), _connector="OR"),
                        name="shared_aim_from_1_to_4",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("influence__range", (1, 4)), ("influence", None), _connector="OR"),
                        name="influence_from_1_to_4",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("resources__range", (1, 4)), ("resources", None), _connector="OR"),
                        name="resources_from_1_to_4",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("involvement__range", (1, 4)), ("involvement", None), _connector="OR"),
                        name="involvement_from_1_to_4",
                    ),
                ],
            },
        ),
    ]
