import django.core.validators
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("listening", "0001_initial"),
        ("listening", "0002_voting"),
        ("listening", "0003_votes_worked_out"),
        ("listening", "0010_place_assessment"),
        ("listening", "0011_room_run_sheet"),
    ]

    initial = True

    dependencies = [
        ("kit", "0003_a_file_may_ask"),
        ("places", "0006_pairing_has_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(max_length=120)),
                ("about", models.TextField(blank=True, max_length=2000)),
                ("framework_version", models.CharField(max_length=40)),
                ("why_groups", models.CharField(blank=True, max_length=400)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being prepared"), ("open", "Open for answers"), ("closed", "Closed")],
                        default="draft",
                        max_length=6,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessments", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [models.UniqueConstraint(fields=("place", "title"), name="one_assessment_per_title")],
            },
        ),
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField()),
                ("body", models.TextField(max_length=4000)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consent_texts", to="places.place"
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "version"), name="one_consent_text_per_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(max_length=120)),
                ("guiding_question", models.CharField(max_length=400)),
                ("intention", models.TextField(blank=True, max_length=2000)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="series",
                        to="places.issue",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="series", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
                "ordering": ["-created_at"],
                "constraints": [models.UniqueConstraint(fields=("place", "title"), name="one_series_per_title")],
            },
        ),
        migrations.CreateModel(
            name="RiskFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="risk_flags", to="places.place"
                    ),
                ),
                (
                    "raised_by",
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
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="AssessmentGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="listening.assessment"
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "name"), name="one_assessment_group_per_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentPriority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("heading", models.CharField(max_length=40)),
                ("why", models.TextField(max_length=600)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="priorities",
                        to="listening.assessment",
                    ),
                ),
                (
                    "chosen_by",
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
                "verbose_name_plural": "assessment priorities",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "heading"), name="one_assessment_priority_per_heading"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(max_length=160)),
                ("guiding_question", models.CharField(blank=True, max_length=400)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("circle", "Conversation in a circle"),
                            ("one_to_one", "One to one"),
                            ("workshop", "Workshop"),
                            ("walk", "Walk and talk"),
                            ("drop_in", "Drop-in"),
                            ("online", "Online"),
                            ("written", "In writing"),
                            ("statements", "Statements and votes"),
                        ],
                        default="circle",
                        max_length=12,
                    ),
                ),
                ("held_on", models.DateField(blank=True, null=True)),
                ("description", models.TextField(blank=True, max_length=4000)),
                ("harvest_note", models.TextField(blank=True, max_length=4000)),
                ("external_url", models.URLField(blank=True, max_length=300)),
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
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                ("invited", models.ManyToManyField(blank=True, related_name="invited_to", to="places.organisation")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="conversations", to="places.place"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conversations",
                        to="listening.series",
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "-pk"],
                "indexes": [models.Index(fields=["place", "-held_on"], name="listening_c_place_i_d9b641_idx")],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "text",
                    models.TextField(blank=True, help_text="Empty once its teller has withdrawn it.", max_length=20000),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(blank=True, max_length=10)),
                (
                    "voice_type",
                    models.CharField(
                        choices=[
                            ("lived_experience", "Lived experience"),
                            ("frontline", "Frontline practitioner"),
                            ("manager", "Manager"),
                            ("elected", "Elected member"),
                            ("data", "Data or research"),
                        ],
                        default="lived_experience",
                        max_length=20,
                    ),
                ),
                (
                    "scope",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Only the people who hold this conversation"),
                            (2, "Everybody who takes part in this place"),
                            (3, "Anybody"),
                        ],
                        default=1,
                    ),
                ),
                (
                    "naming",
                    models.CharField(
                        choices=[
                            ("only_in_themes", "Not quoted, only counted in themes"),
                            ("anonymous", "Quoted without a name"),
                            ("pseudonym", "Quoted under another name"),
                            ("named", "Quoted with the name"),
                        ],
                        default="only_in_themes",
                        max_length=16,
                    ),
                ),
                ("may_recontact", models.BooleanField(default=False)),
                ("consented_at", models.DateTimeField(blank=True, null=True)),
                ("teller_name", models.CharField(blank=True, max_length=120)),
                ("pseudonym", models.CharField(blank=True, max_length=120)),
                (
                    "described_as",
                    models.CharField(blank=True, help_text="For example: a resident of Shore Road", max_length=120),
                ),
                ("teller_email", models.EmailField(blank=True, max_length=254)),
                ("said_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("live", "In use"), ("paused", "Paused by its teller"), ("withdrawn", "Withdrawn")],
                        default="live",
                        max_length=10,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "told_on",
                    models.DateField(blank=True, help_text="When the teller was told what came of it.", null=True),
                ),
                ("teller_key_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("external_id", models.CharField(blank=True, max_length=80)),
                ("extra", models.JSONField(blank=True, default=dict)),
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
                    "captured_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.member",
                    ),
                ),
                (
                    "consent_text",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="listening.consenttext",
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="places.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contributions", to="places.place"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="listening.conversation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "base_manager_name": "raw",
                "default_manager_name": "raw",
                "indexes": [
                    models.Index(fields=["place", "state", "scope"], name="listening_c_place_i_869e4f_idx"),
                    models.Index(fields=["conversation", "state"], name="listening_c_convers_b40cff_idx"),
                    models.Index(fields=["place", "-created_at"], name="listening_c_place_i_6d0878_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("conversation", "external_id"),
                        name="one_contribution_per_source_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True), ("text", ""), _connector="OR"
                        ),
                        name="withdrawn_words_are_gone",
                    ),
                ],
            },
            managers=[
                ("raw", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(blank=True, max_length=40)),
                ("text", models.TextField(max_length=2000)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("host", "From the hosts"),
                            ("participant", "From a participant"),
                            ("unknown", "Origin not told"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                (
                    "moderation",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("undecided", "Not looked at"),
                            ("rejected", "Not accepted"),
                        ],
                        default="undecided",
                        max_length=10,
                    ),
                ),
                ("reason_code", models.CharField(blank=True, max_length=40)),
                (
                    "author_ref",
                    models.CharField(blank=True, help_text="Pseudonymous number of its author.", max_length=40),
                ),
                ("made_on", models.DateField(blank=True, null=True)),
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
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="listening.conversation",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("conversation", "external_id"),
                        name="one_statement_per_source_id",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Voting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "code",
                    models.CharField(help_text="What people type to come in: heather-42.", max_length=24, unique=True),
                ),
                ("takes_statements", models.BooleanField(default=True)),
                (
                    "longest",
                    models.PositiveSmallIntegerField(
                        default=140,
                        validators=[
                            django.core.validators.MinValueValidator(60),
                            django.core.validators.MaxValueValidator(400),
                        ],
                    ),
                ),
                ("guide", models.TextField(blank=True, help_text="How to word a statement.", max_length=1000)),
                (
                    "let_in",
                    models.CharField(
                        choices=[
                            ("first_read", "Somebody of the team reads each statement first"),
                            ("at_once", "At once; the team takes out what breaks the policy"),
                        ],
                        default="first_read",
                        max_length=10,
                    ),
                ),
                (
                    "policy",
                    models.TextField(
                        blank=True, help_text="What is let in and what is not; published.", max_length=4000
                    ),
                ),
                (
                    "a_sitting",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Statements at a time.",
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                ("closes_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("preview_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("preview_until", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="voting", to="listening.conversation"
                    ),
                ),
                (
                    "votes_worked_out",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="Standing votes when it was last worked out what people share.",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waves", to="listening.assessment"
                    ),
                ),
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wave", to="listening.conversation"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "number"), name="one_wave_per_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None)), fields=("assessment",), name="one_open_wave_at_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("undecided", "Not looked at"),
                            ("rejected", "Not accepted"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("off_the_question", "It is not about the question"),
                            ("said_already", "It says the same as another statement"),
                            ("several_claims", "It holds more than one claim, so an answer could mean either"),
                            ("a_person", "Somebody could be made out from it"),
                            ("attack", "It attacks or demeans people"),
                            ("unclear", "It cannot be understood as it stands"),
                            ("not_a_statement", "It is a question or a request, so nobody can agree or disagree"),
                            ("spam", "It is advertising or noise"),
                            ("other", "Another reason, told beside it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="The author reads this.", max_length=400)),
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
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rulings", to="listening.statement"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("language", models.CharField(max_length=10)),
                ("text", models.TextField(max_length=2000)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="listening.statement",
                    ),
                ),
            ],
            options={
                "ordering": ["language", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("statement", "language"), name="one_translation_per_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="AboutYou",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("question", models.CharField(max_length=160)),
                ("purpose", models.CharField(max_length=240)),
                ("choices", models.JSONField(default=list, help_text="A list of short answers.")),
                (
                    "voting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="about_you", to="listening.voting"
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(max_length=120)),
                (
                    "showing",
                    models.CharField(
                        choices=[
                            ("door", "How to join"),
                            ("statement", "One statement"),
                            ("results", "Where we stand"),
                        ],
                        default="door",
                        max_length=10,
                    ),
                ),
                ("is_revealed", models.BooleanField(default=False)),
                ("is_paused", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="listening.statement",
                    ),
                ),
                (
                    "voting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rooms", to="listening.voting"
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        blank=True, default=dict, help_text="What stood on the wall before the last step."
                    ),
                ),
                (
                    "run_sheet",
                    models.JSONField(
                        blank=True, default=list, help_text="Keys of the statements, in the order chosen."
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("voting",), name="one_open_room_per_voting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heading", models.CharField(max_length=40)),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(7),
                        ]
                    ),
                ),
                ("people", models.PositiveIntegerField(default=0)),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="listening.assessmentgroup",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="counts", to="listening.wave"
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "group", "heading", "score"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 1), ("score__lte", 7)), name="a_score_is_from_one_to_seven"
                    ),
                    models.UniqueConstraint(
                        fields=("wave", "group", "heading", "score"), name="one_count_per_group_and_score"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("group", None)),
                        fields=("wave", "heading", "score"),
                        name="one_count_per_score_without_group",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heading", models.CharField(max_length=40)),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reason_for",
                        to="listening.contribution",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reasons", to="listening.wave"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(max_length=64)),
                ("published_group", models.CharField(blank=True, max_length=20)),
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
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="listening.conversation",
                    ),
                ),
                (
                    "about",
                    models.JSONField(
                        blank=True, default=dict, help_text="Chosen answers about themselves, by question."
                    ),
                ),
                (
                    "table",
                    models.CharField(blank=True, help_text="The table whose paper sheet this was.", max_length=40),
                ),
                (
                    "token_digest",
                    models.CharField(blank=True, help_text="Of the random token their device holds.", max_length=64),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="participants",
                        to="listening.room",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("room__isnull", False)), fields=["room"], name="participants_of_a_room"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conversation", "external_id"), name="one_participant_per_source_id"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token_digest", ""), _negated=True),
                        fields=("token_digest",),
                        name="one_participant_per_token",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.SmallIntegerField(choices=[(1, "Agree"), (0, "Pass"), (-1, "Disagree")])),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("is_standing", models.BooleanField(default=True)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.batch",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="listening.participant"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="listening.statement"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["statement", "is_standing", "value"], name="listening_v_stateme_c773bb_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("participant", "statement", "turn"), name="one_vote_per_turn"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_standing", True)),
                        fields=("participant", "statement"),
                        name="one_standing_vote_each",
                    ),
                ],
            },
        ),
    ]
