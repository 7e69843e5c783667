"""The office's own templates from a folder: copies of shipped ones, tried on every kind of message before use."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Final

from jinja2 import TemplateError, TemplateSyntaxError

from monitor.domain.errors import BadText
from notifiers.book import SHIPPED, TemplateBook, shipped_names
from notifiers.samples import tried

_PATTERN: Final = "*.j2"


def load_templates(folder: Path) -> TemplateBook:
    """The shipped templates with those of the folder in their place; the shipped ones where there is no folder.

    BadText, with file and line, for a name that no shipped template has, and for one that fails on any sample.
    """
    if not folder.is_dir():
        return SHIPPED
    book = TemplateBook(tuple((path.name, _source(path)) for path in sorted(folder.glob(_PATTERN))))
    if not book.own:
        return SHIPPED
    _try(book, folder)
    return book


def _source(path: Path) -> str:
    if path.name not in shipped_names():
        mend = "name it after the template that it takes the place of: " + "、".join(shipped_names())
        raise BadText("no such template", file=str(path), mend=mend)
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadText(f"unreadable: {type(error).__name__}", file=str(path), mend="save it as UTF-8 text") from error


def _try(book: TemplateBook, folder: Path) -> None:
    name = ""
    try:
        for name, rendered in tried(book):
            if not rendered.text.strip() or not rendered.subject:
                raise BadText(f"says nothing for {name}", file=str(folder), mend="give it a text")
    except TemplateSyntaxError as error:
        place = str(folder / (error.name or ""))
        raise BadText(_said(error), file=place, line=error.lineno, mend="mend the template here") from error
    except TemplateError as error:
        raise _failed(error, folder, book, name) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise _failed(error, folder, book, name) from error


def _failed(error: Exception, folder: Path, book: TemplateBook, sample: str) -> BadText:
    """Jinja2 gives its frames the lines of the template, under the template's name."""
    own = {name for name, _ in book.own}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).name in own]
    place = str(folder / Path(frames[-1].filename).name) if frames else str(folder)
    line = frames[-1].lineno if frames else None
    message = f"{_said(error)} (on the sample {sample})"
    return BadText(message, file=place, line=line, mend="mend the template here, or remove it")


def _said(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
