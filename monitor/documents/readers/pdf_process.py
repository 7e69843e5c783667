"""The process that reads one PDF: the file on standard input, JSON on standard output."""

from __future__ import annotations

import json
import resource
import sys

from monitor.documents.readers.pdf import pdf_text
from monitor.domain.errors import BadText

MOST_BYTES = 2_000_000_000
MOST_SECONDS = 110
"""Address space, and time on the processor, beyond which the system ends the process."""


def main() -> None:
    """Read, answer, end; a refusal is an answer too."""
    for what, limit in ((resource.RLIMIT_AS, MOST_BYTES), (resource.RLIMIT_CPU, MOST_SECONDS)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    try:
        source, silent = pdf_text(sys.stdin.buffer.read())
        answer: dict[str, object] = {"lines": source.lines, "pages": source.pages, "silent": silent}
    except BadText as error:
        answer = {"message": error.message, "mend": error.mend}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":
    main()
