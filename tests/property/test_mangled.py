"""Whatever is fed in: no crash, and every record can be found again in the text it was read from."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.derivation import Register, derive_all
from monitor.documents import split
from monitor.documents.lines import bare, is_noise, squeeze
from monitor.documents.readers import read_bytes
from monitor.domain.document import SourceText
from monitor.domain.errors import BadText, Refused
from monitor.domain.obligation import Obligation
from tests.property.texts import mangled

MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def derived(text: str) -> Register:
    with suppress(Refused):
        return derive_all(split(SourceText.of(text, "in.txt")))
    return Register()


def kept(lines: tuple[str, ...]) -> str:
    """What of the lines is text: page noise and a converter's marks out, white space out."""
    return squeeze("".join(bare(line) for line in lines if not is_noise(line.strip())))


@MANY
@given(mangled())
def test_every_quote_stands_on_its_lines(text):
    lines = SourceText.of(text).lines
    for one in derived(text).obligations:
        first, last = one.lines
        assert 1 <= first <= last <= len(lines)
        assert squeeze(one.quote) in kept(lines[first - 1 : last])


@MANY
@given(mangled())
def test_every_time_stands_in_its_quote_in_order(text):
    for one in derived(text).obligations:
        assert stands_in_order(one), (one.time_text, one.quote)


def stands_in_order(one: Obligation) -> bool:
    at, quote = 0, squeeze(one.quote)
    for words in map(squeeze, one.time_text):
        found = quote.find(words, at)
        if found < 0:
            return False
        at = found + len(words)
    return True


@MANY
@given(mangled())
def test_what_is_to_be_done_and_its_consequence_are_verbatim(text):
    whole = kept(SourceText.of(text).lines)
    for one in derived(text).obligations:
        assert all(squeeze(piece) in squeeze(one.quote) for piece in one.action.split("…"))
        assert not one.sanction or squeeze(one.sanction) in whole


@MANY
@given(mangled())
def test_ids_are_unique_and_reading_again_changes_nothing(text):
    found = derived(text)
    assert found == derived(text)
    for records in (found.obligations, found.annex):
        assert len({one.id for one in records}) == len(records)


@MANY
@given(mangled())
def test_every_record_survives_the_way_to_the_register_and_back(text):
    for one in derived(text).obligations:
        assert Obligation.from_register(one.to_register()) == one
        assert 0 < one.confidence <= 1


@MANY
@given(st.one_of(st.binary(max_size=2000), mangled().map(lambda text: text.encode("gb18030", "replace")[1:])))
def test_bytes_are_read_or_refused_with_a_mend(data):
    source, refusal = SourceText("in.txt", ()), None
    try:
        source = read_bytes(data, "in.txt")
    except (BadText, Refused) as error:
        refusal = error
    derived("\n".join(source.lines))
    assert any(line.strip() for line in source.lines) or (refusal and refusal.mend)
