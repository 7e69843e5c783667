"""All forms, the most telling first: where two fit at one place the earlier one wins."""

from __future__ import annotations

from monitor.derivation.grammar.dates import DATES, RANGES
from monitor.derivation.grammar.form import Form
from monitor.derivation.grammar.frequencies import FREQUENCIES
from monitor.derivation.grammar.lengths import LENGTHS

FORMS: tuple[Form, ...] = (*RANGES, *FREQUENCIES, *DATES, *LENGTHS)

__all__ = ["FORMS", "Form"]
