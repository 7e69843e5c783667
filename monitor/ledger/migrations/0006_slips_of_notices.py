"""Every 催办单 that was numbered before slips had rows of their own gets one."""

import re

from django.db import migrations

NUMBER = re.compile(r"催〔(\d{4})〕(\d+)号")


def make_rows(apps, editor):
    using = editor.connection.alias
    notices = apps.get_model("ledger", "Notice").objects.using(using).exclude(slip_number="").order_by("pk")
    slips = apps.get_model("ledger", "Slip")
    made = {}
    for notice in notices.exclude(occurrence=None).iterator():
        found = NUMBER.fullmatch(notice.slip_number)
        if found:
            made.setdefault(
                (notice.tenant, notice.slip_number),
                slips(
                    tenant=notice.tenant, series="催办单", year=int(found[1]), number=int(found[2]),
                    occurrence_id=notice.occurrence_id, step=notice.step, issued_at=notice.born_at, issued_by="sweep",
                ),
            )
    slips.objects.using(using).bulk_create(made.values(), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_ladders_and_slips")]
    operations = [migrations.RunPython(make_rows, migrations.RunPython.noop)]
