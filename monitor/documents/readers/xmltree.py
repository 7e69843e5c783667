"""Names of XML elements and attributes without their name spaces: transitional and strict files differ only there."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree


def local(element: etree._Element) -> str:
    """The element's name without its name space; empty for what is no element (an entity left alone)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """The attribute of this local name, or None; also None without an element."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of that name, then its first child of the next name and so on; None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of that name, in order; none without an element."""
    return (one for one in (element if element is not None else ()) if local(one) == name)


def number(text: str | None, otherwise: int = 0) -> int:
    """The attribute's value as a whole number, or ``otherwise`` where it is none."""
    try:
        return int(text or "")
    except ValueError:
        return otherwise
