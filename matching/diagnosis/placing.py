"""At which links of the chains the firms of a zone stand, and what that rests on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from matching.criterion import Label
from matching.facts import EnterpriseFacts
from matching.reference.loader import Reference
from matching.text.placement import Placer
from matching.vocabulary import PlacedBy

BY_WORDS_FROM = 0.6
"""A product must nearly name a link (as where a gap is placed by its products)."""
NEXT_BEST = 0.05
"""Links this near to a product's best are its links too: one activity can be of several chains."""
BY_CODE_FROM = 0.4
"""A code alone places a firm only where one link of a chain has its class to itself (.49; two of
them: .35), and no other chain has such a link."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A firm at one link: the equal share of its figures that counts there, and how sure it is."""

    link_id: str
    share: float
    confidence: float
    """In (0, 1]: 1 where somebody said so, else the affinity of words or code."""
    by: PlacedBy
    why: Label


@dataclass(frozen=True, slots=True)
class Placed:
    """A firm with its links; `unplaced` says why it has none."""

    facts: EnterpriseFacts
    standings: tuple[Standing, ...]
    unplaced: Label | None = None


CORRECTED = Label("由经办人员更正", "Corrected by an officer")
DECLARED = Label("企业名录中申报", "Declared in the zone's list")
SET_ASIDE = Label(
    "经办人员已确认其不属于任何环节", "An officer has said that it belongs at no link"
)
NOT_FOUND = Label(
    "产品文字与任何环节都不够接近，或行业代码过粗；请补充产品或更正环节",
    "Its products name no link closely enough, or its code is too coarse: add products or correct",
)
UNLISTED = Label(
    "所申报的环节不在现行产业链版本中，请更正环节",
    "The links it declares are not in the edition in use: correct its links",
)


def place(
    facts: EnterpriseFacts,
    corrected: Sequence[str] | None,
    placer: Placer,
    reference: Reference,
) -> Placed:
    """A firm at its links: those an officer corrected, else declared, else by words, else by codes.

    Args:
        facts: the firm.
        corrected: the links an officer gave it; empty = it belongs at none, None = no correction.
        placer: places words and codes.
        reference: the chains.
    """
    if corrected is not None:
        kept = [link for link in corrected if link in reference.links]
        said = [(link, 1.0, PlacedBy.CORRECTION, CORRECTED) for link in kept]
        return _placed(facts, said, UNLISTED if corrected else SET_ASIDE)
    if facts.link_ids:
        kept = [link for link in facts.link_ids if link in reference.links]
        said = [(link, 1.0, PlacedBy.DECLARATION, DECLARED) for link in kept]
        return _placed(facts, said, UNLISTED)
    return _placed(facts, _by_words(facts, placer) or _by_codes(facts, placer), NOT_FOUND)


def _placed(
    facts: EnterpriseFacts, found: Sequence[tuple[str, float, PlacedBy, Label]], otherwise: Label
) -> Placed:
    if not found:
        return Placed(facts, (), otherwise)
    share = 1 / len(found)
    standings = [Standing(link, share, sure, by, why) for link, sure, by, why in found]
    return Placed(facts, tuple(standings))


def _by_words(facts: EnterpriseFacts, placer: Placer) -> list[tuple[str, float, PlacedBy, Label]]:
    best: defaultdict[str, float] = defaultdict(float)
    why: dict[str, Label] = {}
    for product in facts.products:
        links = placer.links([product], facts.industry_codes)
        for link in links:
            near = link.affinity >= max(BY_WORDS_FROM, links[0].affinity - NEXT_BEST)
            if near and link.affinity > best[link.link_id]:
                best[link.link_id] = link.affinity
                why[link.link_id] = Label(link.why_zh, link.why_en)
    return [(link, best[link], PlacedBy.WORDS, why[link]) for link in sorted(why)]


def _by_codes(facts: EnterpriseFacts, placer: Placer) -> list[tuple[str, float, PlacedBy, Label]]:
    """Where its codes alone place it: at one link, or none. Codes are coarser than links."""
    if facts.products:
        return []
    links = placer.links((), facts.industry_codes)
    near = [link for link in links if link.affinity >= BY_CODE_FROM]
    return [
        (link.link_id, link.affinity, PlacedBy.CODES, Label(link.why_zh, link.why_en))
        for link in near
        if len(near) == 1
    ]
