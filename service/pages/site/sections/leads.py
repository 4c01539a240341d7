"""合伙人线索: a partner hands in leads, sees their clocks and what they match, and reports."""

from collections.abc import Mapping
from typing import Any, Final

from models.countries import COUNTRIES
from models.lead import LeadCreate, TransitionRequest
from models.lead_answers import LeadPublic
from models.page import Page as PageOf
from service.conditional import NO_CONDITIONS
from service.errors import NotValid
from service.filters import LeadFilter, ZoneFilter
from service.leads.machine import Actor, moves_of
from service.leads.wording import STATUS_TEXTS
from service.pages.asked import Asked, china_moment, shaped
from service.pages.desk import Answer, Desk, Gone, Shown
from service.pages.site.drawing.course import course
from service.pages.site.house import PARTNERS
from service.pages.site.page import Entry, Page, Verb
from service.pages.tickets import ticket_of
from service.pagination import MOST, PageParams
from service.usecases import erasure, gaps, leads, naming, transitions, zones

MOVES_SHOWN: Final = 100
PERSON: Final = ("name", "role", "phone", "email")
MILLION: Final = 1_000_000
MOST_DIGITS: Final = 9


def first(desk: Desk) -> Answer:
    """The partner's leads with the next thing that is due."""
    wanted = desk.wanted(LeadFilter)
    page = leads.list_page(desk, wanted, desk.page)
    ids = [id_ for row in page.items for id_ in (row.zone_id, row.link_id)]
    return Shown(
        "leads.html",
        {
            "section": "leads",
            "rows": page.items,
            "following": desk.next_page(page.next_cursor),
            "wanted": wanted,
            "statuses": [
                (status.value, desk.t.pair(told.title_zh, told.title_en))
                for status, told in STATUS_TEXTS.items()
            ],
            "names": naming.called(desk, ids),
        },
    )


def form(desk: Desk) -> Answer:
    """The form of a new lead, for the gap that the address names."""
    return _form(desk, {})


def hand_in(desk: Desk) -> Answer:
    """Hand in a lead; where the form is not valid it comes back as it was filled in."""
    try:
        body = shaped(LeadCreate, _said(desk.asked))
    except NotValid as refusal:
        wrong = {str(part): error.msg for error in refusal.errors for part in error.loc[1:]}
        return _form(desk, wrong)
    made = leads.submit(desk, body, ticket_of(desk.asked))
    return Gone(f"/leads/{made.id}", "handed_in")


def one(desk: Desk) -> Answer:
    """One lead: its course, what is due, what it matches, whom it names."""
    lead = leads.read(desk, desk.id)
    moves: PageOf[Any] = leads.list_moves(desk, lead.id, PageParams(limit=MOVES_SHOWN))
    matched = [id_ for match in lead.matches for id_ in (match.gap.zone.id, match.gap.link_id)]
    placed = [place.link_id for place in lead.placement]
    return Shown(
        "lead.html",
        {
            "section": "leads",
            "lead": lead,
            "moves": moves.items,
            "course": course(moves.items, lead.clocks),
            "allowed": _allowed(lead),
            "names": naming.called(
                desk, [lead.zone_id, lead.link_id, lead.gap_id, *matched, *placed]
            ),
        },
    )


def move(desk: Desk) -> Answer:
    """Withdraw a lead, or report on it."""
    asked = desk.asked
    said = {"to": asked.said("to"), "reason": asked.said("reason")}
    body = shaped(TransitionRequest, {**said, "at": china_moment(asked, "at")})
    transitions.transition(desk, desk.id, body)
    return Gone(f"/leads/{desk.id}", "reported")


def erase(desk: Desk) -> Answer:
    """Erase the persons of a lead."""
    erasure.erase(desk, desk.id, NO_CONDITIONS)
    return Gone(f"/leads/{desk.id}", "persons_erased")


def _allowed(lead: LeadPublic) -> list[str]:
    return [str(to) for to in moves_of(lead.status, Actor.PARTNER)]


def _form(desk: Desk, wrong: Mapping[str, str]) -> Shown:
    """The form as it was filled in so far, with what is wrong with each field."""
    gap_id = desk.asked.query.get("gap_id") or desk.asked.said("gap_id")
    gap = None if gap_id is None else gaps.read(desk, gap_id)
    links = sorted(desk.reference.links.values(), key=lambda link: link.number)
    told = {
        "section": "leads",
        "gap": gap,
        "names": naming.called(desk, [None if gap is None else gap.link_id]),
        "links": []
        if gap
        else [(link.link_id, f"{link.name_zh} {link.name_en}") for link in links],
        "zones": [] if gap else _zones(desk),
        "countries": sorted(COUNTRIES),
        "wrong": wrong,
        "typed": desk.asked.form,
    }
    return Shown("lead_form.html", told, 422 if wrong else 200)


def _zones(desk: Desk) -> list[tuple[str, str]]:
    """Every zone by its code, for a field that proposes them."""
    found: list[tuple[str, str]] = []
    cursor: str | None = None
    while True:
        page = zones.list_page(desk, ZoneFilter(), PageParams(limit=MOST, cursor=cursor))
        found += [(zone.id, f"{zone.name_zh} {zone.name_en or ''}") for zone in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found


def _said(asked: Asked) -> dict[str, Any]:
    """What was filled in, as the body of `POST /v1/leads`."""
    lines = (asked.said("products") or "").splitlines()
    investor = {
        "name": asked.said("name"),
        "country": (asked.said("country") or "").upper() or None,
        "website": asked.said("website"),
        "products": [line.strip() for line in lines if line.strip()] or None,
        "planned_investment_min_cny": _number(asked.said("planned_investment_min"), MILLION),
        "technology_level": _number(asked.said("technology_level")),
    }
    person = {name: asked.said(f"person_{name}") for name in PERSON}
    said: dict[str, Any] = {
        "investor": {name: investor[name] for name in investor if investor[name] is not None},
        **{name: asked.said(name) for name in ("gap_id", "link_id", "zone_id", "note")},
    }
    if any(person.values()):
        said["contacts"] = [{name: person[name] for name in person if person[name] is not None}]
        consent = {name: asked.said(name) for name in ("given_by", "purpose")}
        given_at = china_moment(asked, "given_at")
        if given_at is not None or any(consent.values()):
            said["consent"] = {
                **{name: consent[name] for name in consent if consent[name] is not None},
                **({} if given_at is None else {"given_at": given_at}),
            }
    return said


def _number(said: str | None, times: int = 1) -> int | str | None:
    """A whole number; what is none is left for the shape to refuse.

    >>> _number("300", MILLION), _number("4"), _number("many"), _number(None)
    (300000000, 4, 'many', None)
    """
    is_number = (
        said is not None and said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS
    )
    return int(said or 0) * times if is_number else said


ENTRY: Final = Entry("leads", "/leads", PARTNERS)
PAGES: Final = (
    Page("/leads", first, PARTNERS),
    Page("/leads/new", form, PARTNERS),
    Page("/leads/new", hand_in, PARTNERS, Verb.WRITE),
    Page("/leads/{id}", one, PARTNERS),
    Page("/leads/{id}/move", move, PARTNERS, Verb.WRITE),
    Page("/leads/{id}/erase", erase, PARTNERS, Verb.WRITE),
)
