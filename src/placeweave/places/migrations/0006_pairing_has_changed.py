"""Mark a pair that comes back because what speaks for it changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0005_shared_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="pairing",
            name="has_changed",
            field=models.BooleanField(default=False, help_text="What speaks for it changed since it was decided."),
        ),
    ]
