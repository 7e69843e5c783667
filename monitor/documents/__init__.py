"""Documents: text to Document (re-flow, splitting a gazette, outline, tables). Pure but for ``readers``."""

from monitor.documents.assemble import split

__all__ = ["split"]
