"""权重试算: who would move up or down, and why, if the criteria weighed otherwise.

Nothing is stored; it is the same call as `POST /v1/match` with weights of one's own. An
administrator may keep what was tried as a draft of a policy.
"""

import json
from typing import Any, Final

from models.match_batch import MatchQuery, MatchRequest
from models.policy_draft import PolicyCreate
from models.ranking_query import RankingQuery
from service.errors import NotValid
from service.filters import GapFilter, InvestorFilter
from service.pages.asked import shaped
from service.pages.desk import Answer, Desk, Gone, Shown
from service.pages.site.drawing.moves import moves
from service.pages.site.forms import weights as form
from service.pages.site.house import ADMINISTRATORS
from service.pages.site.page import Entry, Page, Verb
from service.pages.tickets import ticket_of
from service.pagination import PageParams
from service.usecases import batch, gaps, investors, policies, policy_life, ranking

SHOWN: Final = 12
COMPARED: Final = 50
"""Places of either ranking that are looked through for those that move."""

LISTED: Final = 10
SUBJECTS: Final = ("gap", "investor")
OTHER: Final = {"gap": "investor", "investor": "gap"}
TEXTS: Final = ("name_zh", "name_en", "source")


def first(desk: Desk) -> Answer:
    """The sliders with the ranking they make, or what they may be tried on."""
    query = desk.asked.query
    kind = next((name for name in SUBJECTS if name in query), None)
    return _choice(desk) if kind is None else _trial(desk, kind, query[kind])


def draft(desk: Desk) -> Answer:
    """Keep what was tried as the draft of a policy."""
    asked = desk.asked
    said = {name: value for name in asked.form if (value := asked.said(name)) is not None}
    sliders = _sliders(desk, said)
    figures = {"weights": sliders.own_weights, "orientation": sliders.own_orientation}
    texts = {name: asked.said(name) for name in TEXTS}
    body = shaped(PolicyCreate, {**texts, **figures})
    made = policy_life.draft(desk, body, ticket_of(asked))
    return Gone(f"/admin/policies/{made.id}", "drafted")


def _choice(desk: Desk) -> Shown:
    wanted, page = desk.asked.query.get("q"), PageParams(limit=LISTED)
    told = {
        "section": "what_if",
        "gaps": gaps.list_page(
            desk, shaped(GapFilter, {"q": wanted, "status": "open"}), page
        ).items,
        "investors": investors.list_page(desk, shaped(InvestorFilter, {"q": wanted}), page).items,
        "links": desk.reference.links,
    }
    return Shown("what_if_choice.html", told)


def _trial(desk: Desk, kind: str, id_: str) -> Shown:
    subject = gaps.read(desk, id_) if kind == "gap" else investors.read(desk, id_)
    before = _as_it_is(desk, kind, id_)
    told: dict[str, object] = {
        "section": "what_if",
        "kind": kind,
        "listed": OTHER[kind],
        "subject": subject,
        "links": desk.reference.links,
        "titles": {one.criterion: one for one in policies.list_criteria(desk).items},
    }
    try:
        sliders = _sliders(desk, desk.asked.query)
        after = _as_tried(desk, kind, id_, sliders) if sliders.moved else before
    except NotValid as refusal:
        usual = _sliders(desk, {})
        return Shown(
            "what_if.html", {**told, "sliders": usual, "refused": refusal.errors[0].msg}, 422
        )
    found = moves(before["matches"], after["matches"], OTHER[kind], SHOWN)
    told |= {"sliders": sliders, "refused": None, "found": found, "compared": COMPARED}
    return Shown("what_if.html", told)


def _sliders(desk: Desk, said: Any) -> form.Sliders:
    basis = ranking.rules_for(desk, RankingQuery())
    policy = policies.read_policy(desk, basis.policy.id)
    return form.read(policy, policies.list_criteria(desk).items, said)


def _as_it_is(desk: Desk, kind: str, id_: str) -> Any:
    rank = ranking.investors_for if kind == "gap" else ranking.gaps_for
    return json.loads(rank(desk, id_, RankingQuery(limit=COMPARED), bypass=False).entry.body)


def _as_tried(desk: Desk, kind: str, id_: str, sliders: form.Sliders) -> Any:
    asked = MatchRequest(
        queries={"tried": shaped(MatchQuery, {f"{kind}_id": id_})},
        limit=COMPARED,
        weights=sliders.own_weights,
        orientation=sliders.own_orientation,
    )
    return json.loads(batch.match(desk, asked))["results"]["tried"]


ENTRY: Final = Entry("what_if", "/what-if")
PAGES: Final = (
    Page("/what-if", first),
    Page("/what-if/draft", draft, ADMINISTRATORS, Verb.WRITE),
)
