"""登记投资者: a short form that shows where an investor belongs and who needs it before it is sent.

Trying stores nothing; registering is the same call as `POST /v1/investors`.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from matching.vocabulary import Activity, CodeScheme, Region, SmartManufacturing
from models.countries import COUNTRIES
from models.investor import InvestorCreate
from models.match_batch import MatchQuery, MatchRequest
from models.placement import PlacementPublic, PlacementRequest
from service.errors import NotValid
from service.pages.desk import Answer, Desk, Gone, Shown
from service.pages.site.forms import investor as form
from service.pages.site.house import READERS, WRITERS
from service.pages.site.page import Entry, Page, Verb
from service.pages.tickets import ticket_of
from service.usecases import batch, investors, placement, trying
from service.usecases.reference_checks import check_codes

SHOWN: Final = 10
"""Matches shown; who registers sees all of them on the investor's page."""

PLACED: Final = 5
ASKED: Final = 3

OFTEN: Final = (
    *("CN", "HK", "TW", "MO", "JP", "KR", "SG", "US", "DE", "NL", "GB", "FR"),
    *("CH", "SE", "IT", "IL", "IN", "MY", "AU", "CA"),
)
"""Where investment in the zones mostly comes from, so that nobody looks through all countries."""

CHOICES: Final[Mapping[str, object]] = {
    "often": OFTEN,
    "countries": tuple(sorted(COUNTRIES - {*OFTEN})),
    "schemes": tuple(CodeScheme),
    "activities": tuple((one.value, f"activity.{one}") for one in Activity),
    "smart": tuple((one.value, f"smart.{one}") for one in SmartManufacturing),
    "regions": tuple((one.value, f"region.{one}") for one in Region),
}


def blank(desk: Desk) -> Answer:
    """The form before anything was typed."""
    return _shown(desk, {})


def attempt(desk: Desk) -> Answer:
    """The form as it was filled in, with what it would find; nothing is stored."""
    return _shown(desk, *_found(desk))


def confirm(desk: Desk) -> Answer:
    """Register the investor; the form again where something is wrong, with all that was typed."""
    filled = form.read(desk.asked)
    try:
        body = filled.body()
        check_codes(desk.reference, dict(body))
    except NotValid as refusal:
        found, wrong = _found(desk)
        needed = dict.fromkeys(filled.missing, "is needed")
        return _shown(desk, found, {**form.wrong_of(refusal), **wrong, **needed}, 422)
    made = investors.register(desk, body, ticket_of(desk.asked))
    return Gone(f"/investors/{made.id}", "investor_registered")


def _shown(
    desk: Desk,
    found: Mapping[str, object],
    wrong: Mapping[str, str] | None = None,
    status: int = 200,
) -> Shown:
    told = {"section": "register", "found": found, "wrong": wrong or {}, **CHOICES}
    told |= {"links": desk.reference.links, "chains": desk.reference.chains}
    return Shown("register.html", told, status)


def _found(desk: Desk) -> tuple[dict[str, object], dict[str, str]]:
    """What can be said of what was filled in so far, and what is wrong with it.

    Something else stands in for what is still needed, so that the rest can be read; matches are
    shown only where nothing has to.
    """
    filled, body, wrong = _sound(desk, form.read(desk.asked), {})
    tried = trying.describe(desk, body)
    found: dict[str, object] = {
        "completeness": tried.description.completeness,
        "asks": tried.asks[:ASKED],
    }
    if "products" in filled.missing:
        return found, wrong
    found |= {"warnings": tried.description.warnings, "placed": _placed(desk, body)}
    if "country" not in filled.missing:
        found["ranking"] = _ranking(desk, body)
    return found, wrong


def _sound(
    desk: Desk, filled: form.Filled, wrong: dict[str, str]
) -> tuple[form.Filled, InvestorCreate, dict[str, str]]:
    """What is right of a form, as a body that may be tried; and what is wrong with the rest."""
    name = desk.t("register.unnamed")
    spare = {"names": [{"lang": "zh", "name": name}], "country": "CN", "products": [name]}
    try:
        body = filled.body(spare)
        check_codes(desk.reference, dict(body))
    except NotValid as refusal:
        found = form.wrong_of(refusal)
        return _sound(desk, filled.without(found), wrong | found)
    return filled, body, wrong


def _placed(desk: Desk, body: InvestorCreate) -> PlacementPublic:
    asked = PlacementRequest(
        products=body.products, industry_codes=body.industry_codes, limit=PLACED
    )
    return placement.place(desk.bench.scorer, asked)


def _ranking(desk: Desk, body: InvestorCreate) -> Any:
    asked = MatchRequest(queries={"tried": MatchQuery(investor=body)}, limit=SHOWN)
    return json.loads(batch.match(desk, asked))["results"]["tried"]


ENTRY: Final = Entry("register", "/register")
PAGES: Final = (
    Page("/register", blank),
    Page("/register", attempt, READERS, Verb.TRY),
    Page("/register/confirm", confirm, WRITERS, Verb.WRITE),
)
