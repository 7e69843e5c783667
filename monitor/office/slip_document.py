"""A 催办单 or 督办单 as a Word file, filled into the office's form."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from monitor.domain.errors import BadText
from monitor.domain.slip import SUPERVISE
from monitor.office.slip_template import FORM
from monitor.services.slips import SlipSheet
from notifiers.facts import facts
from notifiers.wording import plain_day
from schedules.civil import civil

SUPERVISED = "下列事项列入督办（{phrase}）。请按期办结，并报送办理结果和佐证材料。"
CHASED = "下列事项{phrase}，至今未办结，现予催办。请抓紧办结，并报送办理结果和佐证材料。"


def render_slip(sheet: SlipSheet, *, office: str, form: Path | None = None, simulated: bool = False) -> bytes:
    """The slip as it was when it was issued, on the shipped form or the office's own. BadText for a form that fails."""
    source = form or FORM
    try:
        template = DocxTemplate(str(source))
        environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        template.render(_words(sheet, office, simulated), jinja_env=environment, autoescape=True)
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise BadText("no Word file that can be read", file=str(source), mend="save the form as .docx") from error
    except TemplateError as error:
        raise BadText(f"form: {error}", file=str(source), mend="mend its marks, see docs/slips.md") from error
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _words(sheet: SlipSheet, office: str, simulated: bool) -> dict[str, object]:
    at: datetime = civil(sheet.slip.issued_at)
    words = facts(sheet.view, at)
    request = SUPERVISED if sheet.slip.step == SUPERVISE else CHASED
    lines = (("督办事项" if sheet.slip.step == SUPERVISE else "催办事项", words.matter), *words.lines)
    return {
        "office": office,
        "series": ("【模拟】" if simulated else "") + sheet.slip.number.series,
        "number": str(sheet.slip.number),
        "party": words.party,
        "request": request.format(phrase=words.phrase),
        "lines": [{"label": label, "text": text} for label, text in lines],
        "consequence": words.consequence,
        "issued": plain_day(at.date()),
    }
