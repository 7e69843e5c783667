"""The grammar of time expressions: forms as data, one list to read and extend."""

from monitor.derivation.grammar.forms import FORMS, Form
from monitor.derivation.grammar.scan import TimeExpression, time_expressions

__all__ = ["FORMS", "Form", "TimeExpression", "time_expressions"]
