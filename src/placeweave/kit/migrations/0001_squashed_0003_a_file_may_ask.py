import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("kit", "0001_initial"), ("kit", "0002_topic"), ("kit", "0003_a_file_may_ask")]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("is_steward", models.BooleanField(default=False, help_text="Runs the whole installation.")),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("place_id", models.BigIntegerField()),
                ("format", models.CharField(max_length=40)),
                ("header", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("place_id", "format", "header"), name="one_mapping_per_header")
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("location", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place_id", models.BigIntegerField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="WorkerPulse",
            fields=[
                ("worker_id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Analysis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("place_id", models.BigIntegerField(db_index=True)),
                ("kind", models.CharField(max_length=40)),
                ("parameters", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to start"),
                            ("running", "Under way"),
                            ("done", "Finished"),
                            ("failed", "Did not finish"),
                            ("forgotten", "Removed: words it rested on were withdrawn"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=120)),
                ("progress", models.FloatField(default=0.0)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("engine", models.CharField(blank=True, max_length=120)),
                ("seed", models.IntegerField(default=0)),
                ("n", models.IntegerField(default=0)),
                ("seconds", models.FloatField(default=0.0)),
                ("result", models.JSONField(blank=True, null=True)),
                ("failure", models.CharField(blank=True, max_length=400)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        blank=True, help_text="What it is about, where a place has several.", max_length=40
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "analyses",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["place_id", "kind", "topic", "-created_at"], name="kit_analysi_place_i_0edb3d_idx"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("place_id", models.BigIntegerField(blank=True, db_index=True, null=True)),
                ("actor_name", models.CharField(blank=True, max_length=120)),
                ("verb", models.CharField(max_length=60)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
                ("summary", models.CharField(blank=True, max_length=240)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["place_id", "-created_at"], name="kit_auditen_place_i_7192b6_idx"),
                    models.Index(fields=["subject_type", "subject_id"], name="kit_auditen_subject_c98275_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("place_id", models.BigIntegerField(db_index=True)),
                ("format", models.CharField(max_length=40)),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "upload",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, help_text="Name of the kept file until the decision."
                    ),
                ),
                ("options", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Being read"),
                            ("asking", "Waiting for your answer"),
                            ("staged", "Waiting for your decision"),
                            ("applying", "Being brought in"),
                            ("accepted", "Brought in"),
                            ("discarded", "Not brought in"),
                            ("undone", "Undone"),
                            ("refused", "Could not be read"),
                        ],
                        default="reading",
                        max_length=10,
                    ),
                ),
                ("totals", models.JSONField(blank=True, default=dict)),
                (
                    "counts",
                    models.JSONField(blank=True, default=dict, help_text="What the file holds, in its own nouns."),
                ),
                ("notes", models.JSONField(blank=True, default=list, help_text="Sentences the reader has to tell.")),
                ("failure", models.CharField(blank=True, max_length=400)),
                ("licence", models.CharField(blank=True, max_length=300)),
                ("attribution", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("progress", models.FloatField(default=0.0)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "batches",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("place_id", models.BigIntegerField(db_index=True)),
                ("format", models.CharField(max_length=40)),
                ("file_name", models.CharField(max_length=200)),
                ("scope", models.CharField(blank=True, max_length=120)),
                ("rows", models.IntegerField(default=0)),
                ("sha256", models.CharField(max_length=64)),
                ("by_name", models.CharField(blank=True, max_length=120)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BatchChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("before", models.JSONField(default=dict)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="kit.batch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.JSONField(default=dict)),
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="question", to="kit.batch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, help_text="File or sheet the row stands in.", max_length=80)),
                ("row", models.IntegerField(null=True)),
                ("key", models.CharField(blank=True, max_length=120)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("created", "New"),
                            ("updated", "Changed"),
                            ("unchanged", "Unchanged"),
                            ("conflict", "Needs a choice"),
                            ("held", "Needs an answer"),
                            ("rejected", "Cannot be used"),
                        ],
                        max_length=10,
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("value", models.CharField(blank=True, max_length=200)),
                (
                    "batch",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="kit.batch"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["batch", "outcome"], name="kit_batchro_batch_i_07e3dd_idx")],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contribution_id", models.BigIntegerField(db_index=True)),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to="kit.export"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("export", "contribution_id"), name="one_holding_each")],
            },
        ),
    ]
