"""Lines of a ledger as the reading side gives them."""

from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from monitor.services.overview import Overview, TaskLine
from schedules.civil import TZ, day_end

NOW = datetime(2022, 10, 19, 9, 0, tzinfo=TZ)
TODAY = NOW.date()


def a_task(**changes: object) -> TaskLine:
    task = TaskLine(
        id=1, obligation=1, document=1, doc="石大党办综〔2022〕50号", title="方案", provision="五/（一）",
        action="召开会议", quote="10月20日前召开会议", kind="fixed", owner_ref="organ:gov-office", owner="区政府办公室",
        party="各部门", role="responsible", window="2022-10-18/2022-10-20", start=date(2022, 10, 18),
        end=date(2022, 10, 20), due=day_end(date(2022, 10, 20)), core=None, state="open", missed=False, count_min=1,
        reports=0, provisional=False, light="yellow",
    )  # fmt: skip
    return replace(task, **changes)


def a_season(**changes: object) -> TaskLine:
    window = {"window": "2022-10-01/2023-05-31", "start": date(2022, 10, 1), "end": date(2023, 5, 31), "due": None}
    return a_task(**{"id": 2, "obligation": 2, "document": 2, "kind": "period", "light": "green", **window, **changes})


def an_overview(**changes: object) -> Overview:
    empty: MappingProxyType[str, int] = MappingProxyType({})
    overview = Overview(
        ledger="office", simulated=False, as_of=NOW, swept_at=None, acceptance="all", documents=(),
        obligations_by_kind=empty, obligations_by_state=empty, occurrences_by_state=empty, in_force_today=(),
        in_force_count=0, next_due=(), overdue=(), overdue_count=0, soon_count=0, messages_by_state=empty,
        messages_today=(), last_sent=None, open_questions=(), open_question_count=0,
    )  # fmt: skip
    return replace(overview, **changes)
