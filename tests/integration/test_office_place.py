"""Which ledger a page shows, and where its links lead."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.http import Http404, QueryDict

from monitor.ledger import models
from monitor.office.place import Place, own_place, place_aside
from monitor.office.views.simulate import suggested_day
from monitor.office.views.tasks import filter_from
from monitor.project.settings import CONFIG
from monitor.services.overview import DocumentLine
from monitor.services.reading import TaskFilter
from schedules.civil import TZ
from tests.integration import office_ledger as given
from tests.integration.office_ledger import NOW
from tests.unit.services.ledger_lines import an_overview

OWN = Place("office", "default", NOW, simulated=False)
ASIDE = Place("office-asof-20221019T0900", "ledger:x", NOW, simulated=True, aside=True)
SERVER = replace(CONFIG, database_url="postgres://db/duban")


def test_the_offices_own_pages_stand_at_the_root():
    assert OWN.link("home") == "/"
    assert OWN.link("occurrence", id=7) == "/occurrences/7/"


def test_a_ledger_aside_keeps_its_links_to_itself():
    assert ASIDE.link("home") == "/as-of/office-asof-20221019T0900/"
    assert ASIDE.link("document", id=3) == "/as-of/office-asof-20221019T0900/documents/3/"


def test_a_search_names_only_what_is_set():
    assert OWN.find(state="live", party="", doc=None) == "/occurrences/?state=live"
    assert OWN.find(party="organ:a&b") == "/occurrences/?party=organ%3Aa%26b"


def test_a_simulated_server_shows_its_own_moment():
    place = own_place(replace(CONFIG, now="2022-10-19T09:00+08:00"))
    assert (place.now, place.simulated, place.aside) == (NOW, True, False)


@pytest.mark.django_db
def test_a_ledger_aside_is_shown_as_of_its_last_sweep():
    given.a_ledger("office-asof-x", simulated=True)
    models.Ledger.objects.filter(tenant="office-asof-x").update(swept_at=datetime(2022, 10, 20, 8, 30, tzinfo=TZ))
    place = place_aside(SERVER, "office-asof-x")
    assert (place.tenant, place.using, place.aside) == ("office-asof-x", "default", True)
    assert place.now.isoformat() == "2022-10-20T08:30:00+08:00"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["live", "nowhere"])
def test_a_live_ledger_is_not_shown_aside(name):
    given.a_ledger("live", simulated=False)
    with pytest.raises(Http404):
        place_aside(SERVER, name)


def issued_on(*days: date | None) -> tuple[DocumentLine, ...]:
    return tuple(
        DocumentLine(id=n, name=f"{n}号", title="", issuer="", issued=day, known_at=NOW, obligations=1)
        for n, day in enumerate(days)
    )


@pytest.mark.parametrize(
    ("days", "suggested"),
    [
        ((date(2022, 9, 29), date(2022, 10, 18)), date(2022, 10, 19)),
        ((date(2022, 9, 29), None), date(2022, 10, 19)),
        ((date(2024, 3, 1), date(2024, 5, 6)), date(2024, 5, 7)),
        ((date(2019, 1, 2),), date(2019, 1, 3)),
        ((None,), None),
        ((), None),
    ],
)
def test_the_day_to_look_back_to(days, suggested):
    assert suggested_day(an_overview(documents=issued_on(*days))) == suggested


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", TaskFilter()),
        (
            "state=overdue&kind=fixed&doc=3&party=organ:x",
            TaskFilter(state="overdue", owner="organ:x", kind="fixed", document=3),
        ),
        ("state=history", TaskFilter(state="history")),
        ("state=all&kind=any&doc=-1", TaskFilter()),
        ("doc=" + "9" * 30, TaskFilter()),
    ],
)
def test_a_filter_leaves_out_what_it_cannot_mean(query, wanted):
    assert filter_from(QueryDict(query)) == wanted
