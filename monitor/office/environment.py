"""The Jinja2 environment of the office's pages."""

from typing import Any

from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from monitor.office import labels
from monitor.office.display import FILTERS
from monitor.office.style import STYLE


def environment(**options: Any) -> Environment:
    """An environment that escapes, refuses undefined names, and knows the office's words for codes and dates."""
    made = Environment(**{**options, "autoescape": True, "undefined": StrictUndefined})
    made.filters.update(FILTERS)
    made.globals.update(labels=labels, style=STYLE, url=reverse)
    made.trim_blocks = made.lstrip_blocks = True
    return made
