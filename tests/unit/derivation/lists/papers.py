"""Papers to test the lists with: a notice around a body, a gazette around notices."""

from collections.abc import Iterable

from monitor.derivation import derive_all
from monitor.derivation.lists import entries
from monitor.documents import split
from monitor.domain.document import Document, SourceText
from schedules.workdays import WorkCalendar

HEAD = "关于做好有关工作的通知\n河政发〔2022〕3号\n\n各镇人民政府、区直各部门：\n"
TAIL = "河安区人民政府\n2022年5月6日\n"


def notice(body: str, *, title: str = "", issued: str = "2022年5月6日") -> str:
    """A notice in the official form; the first line of ``body`` follows the addressees."""
    head = HEAD.replace("关于做好有关工作的通知", title) if title else HEAD
    return head + body.strip("\n") + "\n" + TAIL.replace("2022年5月6日", issued)


def documents(text: str) -> tuple[Document, ...]:
    """The parts of a text."""
    return split(SourceText.of(text, "paper.txt"))


def records(name: str, text: str, calendar: WorkCalendar | None = None) -> list[dict]:
    """One list of a text as register records."""
    parts = documents(text)
    found = entries(name, parts, derive_all(parts).obligations, calendar)
    return [entry.to_register() for entry in found]


def findings(text: str, code: str, calendar: WorkCalendar | None = None) -> list[dict]:
    """The findings of one code."""
    return [record for record in records("findings", text, calendar) if record["code"] == code]


def squeezed(text: str) -> str:
    """The text without white space, in which every quote must stand."""
    return "".join(text.split())


def lines_read(text: str, lines: Iterable[int]) -> str:
    """The words on the first to the last of ``lines`` (1-based, inclusive), without white space."""
    first, last = lines
    return squeezed("".join(text.split("\n")[first - 1 : last]))
