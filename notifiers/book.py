"""The templates of one house: those that ship with Duban, and the office's own copies in their place. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Final

from jinja2 import ChoiceLoader, FunctionLoader, PackageLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from notifiers.facts import Facts
from notifiers.sections import Section

SHIPPED_LOADER: Final = PackageLoader("notifiers", "templates")
_SUFFIX: Final = ".j2"
_MARKS: Final = str.maketrans("*_[]()<>`#~|\\", "＊＿［］（）＜＞｀＃～｜＼")
_SUBJECT_MATTER: Final = 26


@dataclass(frozen=True, slots=True)
class TemplateBook:
    """``own``: (file name, source) of the templates that the office has written in the place of shipped ones."""

    own: tuple[tuple[str, str], ...] = ()

    def page(self, name: str, values: dict[str, Any]) -> str:
        """The template of that name, filled in. Jinja2's errors where it cannot be."""
        return _template(self, name + _SUFFIX).render(values)


SHIPPED: Final = TemplateBook()


def shipped_names() -> tuple[str, ...]:
    """The file names of all templates; those with ``_`` first are parts that others use."""
    return tuple(name for name in SHIPPED_LOADER.list_templates() if name.endswith(_SUFFIX))


def shipped_source(name: str) -> str:
    """What the shipped template of that file name says. KeyError where there is none."""
    if name not in shipped_names():
        raise KeyError(name)
    return SHIPPED_LOADER.get_source(_environment(SHIPPED), name)[0]


def clipped(text: str, length: int = _SUBJECT_MATTER) -> str:
    """At most ``length`` characters, the last of them … where something was cut; no full stop."""
    text = text.rstrip("。")
    return text if len(text) <= length else text[: length - 1].rstrip("，、；…") + "…"


def without_marks(text: str) -> str:
    """The text with the marks of Markdown in full width, so that no document writes links or headings of its own.

    Not escaped by a backslash, which some messengers print.
    """
    return text.translate(_MARKS)


class _Guarded(ImmutableSandboxedEnvironment):
    """A sandbox that knows our own words: their fields are texts, which need no second look each time they are read."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The field of our words, else what the sandbox allows."""
        if type(obj) in _WORDS and attribute in _WORDS[type(obj)]:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


_WORDS: Final = {kind: frozenset(field.name for field in fields(kind)) for kind in (Facts, Section)}


@lru_cache(maxsize=256)
def _template(book: TemplateBook, name: str) -> Template:
    return _environment(book).get_template(name)


@lru_cache(maxsize=8)
def _environment(book: TemplateBook) -> ImmutableSandboxedEnvironment:
    sources = dict(book.own)

    def own(name: str) -> tuple[str, str, None] | None:
        # With its name in the place of a path: an error can then say in which template it happened.
        return (sources[name], name, None) if name in sources else None

    environment = _Guarded(
        loader=ChoiceLoader([FunctionLoader(own), SHIPPED_LOADER]),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["clipped"] = clipped
    environment.filters["plain"] = without_marks
    return environment
