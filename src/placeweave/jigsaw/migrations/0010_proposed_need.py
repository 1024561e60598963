import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jigsaw", "0002_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
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
    ]
