from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0002_voting"),
    ]

    operations = [
        migrations.AddField(
            model_name="voting",
            name="votes_worked_out",
            field=models.PositiveIntegerField(
                default=0, editable=False, help_text="Standing votes when it was last worked out what people share."
            ),
        ),
    ]
