"""What a provider's own error code means for the message: services that answer 200 and refuse in the body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from notifiers.base import SendError
from notifiers.channels.http import Wire


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The codes of one provider. What stands nowhere is permanent: a setting or the content is wrong, not the moment.

    ``busy``: its own trouble, to be tried again. ``throttled``: too fast; the wait that the provider asks for.
    ``dead``: there is no such address.
    """

    busy: frozenset[int] = frozenset()
    throttled: Mapping[int, timedelta] = field(default_factory=dict)
    dead: frozenset[int] = frozenset()

    def refusal(self, wire: Wire, code: object, said: object) -> SendError:
        """The error for an answer whose code is not that of success."""
        text = f"{code} {said}"
        if not isinstance(code, int):
            return wire.error(f"no code in the answer: {text}")
        if code in self.throttled:
            return wire.error(text, wait=self.throttled[code])
        return wire.error(text, permanent=code not in self.busy, dead=code in self.dead)
