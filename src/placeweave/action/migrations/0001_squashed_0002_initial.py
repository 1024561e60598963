import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("action", "0001_initial"), ("action", "0002_initial")]

    initial = True

    dependencies = [
        ("jigsaw", "0016_live_address"),
        ("places", "0006_pairing_has_changed"),
        ("themes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Purpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(max_length=120)),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="purposes",
                        to="places.issue",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="purposes", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("number", models.PositiveIntegerField()),
                ("what", models.CharField(max_length=240)),
                ("detail", models.TextField(blank=True, max_length=2000)),
                ("promised_to", models.CharField(max_length=240)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("promised", "Promised"),
                            ("under_way", "Under way"),
                            ("kept", "Kept"),
                            ("changed", "Changed"),
                            ("dropped", "Dropped"),
                        ],
                        default="promised",
                        max_length=10,
                    ),
                ),
                ("last_word_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("needs", models.ManyToManyField(blank=True, related_name="commitments", to="jigsaw.need")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="places.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="places.person"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="commitments", to="places.place"
                    ),
                ),
                ("quotes", models.ManyToManyField(blank=True, related_name="commitments", to="themes.quote")),
                ("synergies", models.ManyToManyField(blank=True, related_name="commitments", to="jigsaw.synergy")),
                ("themes", models.ManyToManyField(blank=True, related_name="commitments", to="themes.theme")),
                (
                    "together_with",
                    models.ManyToManyField(blank=True, related_name="shares_commitments", to="places.organisation"),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="commitments",
                        to="action.purpose",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "number"],
                "indexes": [models.Index(fields=["place", "state", "due_on"], name="action_comm_place_i_15f2c6_idx")],
                "constraints": [models.UniqueConstraint(fields=("place", "number"), name="one_commitment_per_number")],
            },
        ),
        migrations.CreateModel(
            name="PurposeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("number", models.PositiveIntegerField()),
                ("wording", models.TextField(max_length=2000)),
                ("why", models.CharField(blank=True, max_length=400)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being agreed"), ("adopted", "Agreed"), ("past", "Earlier version")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("author_name", models.CharField(blank=True, max_length=120)),
                ("adopted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="action.purpose"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("purpose", "number"), name="one_purpose_version_per_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "adopted")), fields=("purpose",), name="one_purpose_version_holds"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("note", models.CharField(blank=True, max_length=240)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pledges", to="action.commitment"
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pledges", to="jigsaw.piece"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("commitment", "piece"), name="one_pledge_each")],
            },
        ),
        migrations.CreateModel(
            name="Update",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("words", models.TextField(max_length=2000)),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("promised", "Promised"),
                            ("under_way", "Under way"),
                            ("kept", "Kept"),
                            ("changed", "Changed"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by_name", models.CharField(blank=True, max_length=120)),
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
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="updates", to="action.commitment"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Assent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("said_by_name", models.CharField(max_length=120)),
                (
                    "gradient",
                    models.CharField(
                        choices=[
                            ("assents", "Assents"),
                            ("with_concern", "Assents, with a concern"),
                            ("stands_aside", "Stands aside"),
                        ],
                        max_length=14,
                    ),
                ),
                ("concern", models.TextField(blank=True, max_length=1000)),
                (
                    "member",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assents", to="action.purposeversion"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("version", "organisation"),
                        name="one_assent_per_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation", None)),
                        fields=("version", "member"),
                        name="one_assent_per_person",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="commitment",
            name="pieces",
            field=models.ManyToManyField(related_name="commitments", through="action.Pledge", to="jigsaw.piece"),
        ),
    ]
