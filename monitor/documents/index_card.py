"""The index card that a site prints above a document (索引号, 发文字号, 成文日期): what it tells of number and date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from monitor.documents.lines import document_number
from monitor.documents.numerals import DATE, date_of

# The catalogue of open government information prints these beside each document.
_NUMBER = re.compile(
    r"(?:发文字号|发文文号|文件编号|文[ 　]*号)[ 　]*[：:]?[\s|]*(?P<value>[^\t|]{5,40}?)(?=[\t|]|\s*$|\s{2})"
)
_DATE = re.compile(
    rf"(?:成文|发文|印发)(?:日期|时间)[ 　]*[：:]?[\s|]*(?P<value>{DATE.pattern}|(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}}))"
)
_LONGEST = 300


def number_on(lines: Iterable[str]) -> str:
    """The document number told, white space taken out; an empty string where none is."""
    cards = (found for line in lines if len(line) < _LONGEST and (found := _NUMBER.search(line)))
    return next((number for found in cards if (number := document_number(found["value"].strip()))), "")


def day_on(lines: Iterable[str]) -> date | None:
    """The day on which the document was drawn up, None where none is told."""
    found = next((found for line in lines if len(line) < _LONGEST and (found := _DATE.search(line))), None)
    if found is None or not found["iso"]:
        return date_of(found) if found else None
    try:
        return date(*map(int, found["iso"].split("-")))
    except ValueError:
        return None
