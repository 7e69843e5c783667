"""The dead-man URL: pinged while all is well, so that whoever watches it notices when nothing is."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Sequence

import httpx

TIMEOUT_S = 5.0
log = logging.getLogger(__name__)


class Deadman:
    """Somebody outside who expects to be called regularly, at ``url``, through ``proxy`` where one is set.

    Proxies of the environment are ignored, redirects not followed. The address is not logged: it is a secret.
    """

    def __init__(self, url: str, proxy: str | None = None) -> None:
        self._url, self._proxy = url, proxy

    def report(self, troubles: Sequence[str]) -> bool:
        """Ping where there are no troubles; whether it was taken. Failures are logged and nothing more."""
        if troubles:
            log.warning("the dead-man URL is not pinged: %s", "; ".join(troubles))
            return False
        try:
            answer = self._get()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            log.warning("the dead-man URL cannot be reached: %s", type(error).__name__)
            return False
        if not answer.is_success:
            log.warning("the dead-man URL answered %d", answer.status_code)
        return answer.is_success

    def _get(self) -> httpx.Response:
        with httpx.Client(
            verify=ssl.create_default_context(), proxy=self._proxy, timeout=TIMEOUT_S, follow_redirects=False,
            trust_env=False, headers={"User-Agent": "duban"},
        ) as client:  # fmt: skip
            return client.get(self._url)
