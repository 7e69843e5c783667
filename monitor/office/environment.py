"""The Jinja2 environment of the office's pages."""

from typing import Any

from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """An environment that refuses undefined names."""
    return Environment(**{**options, "undefined": StrictUndefined})
