"""Until now "disputed" meant that another organisation has the number too; from now on it means that it is wrong."""

from django.db import migrations


def share(apps, _schema_editor):
    apps.get_model("places", "OrganisationIdentifier").objects.filter(status="disputed").update(status="shared")


def dispute(apps, _schema_editor):
    apps.get_model("places", "OrganisationIdentifier").objects.filter(status="shared").update(status="disputed")


class Migration(migrations.Migration):
    dependencies = [("places", "0004_linkage")]
    operations = [migrations.RunPython(share, dispute)]
