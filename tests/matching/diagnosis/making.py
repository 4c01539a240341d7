"""Firms of the battery chain, placed and counted."""

from typing import Any

from matching.diagnosis.placing import Placed, place
from matching.diagnosis.status import Diagnosed, diagnose
from matching.diagnosis.strength import Counted, count
from matching.diagnosis.thresholds import USUAL, Thresholds
from matching.facts import EnterpriseFacts
from matching.vocabulary import LinkStatus
from service.scorer import Scorer

CELLS, SEPARATOR, ELECTROLYTE, SALT, PACK, RECYCLE = (
    f"battery.{name}"
    for name in ("cell_power", "separator", "electrolyte", "salt", "pack", "recycle")
)


def a_firm(external_id: str = "E-1", **fields: Any) -> EnterpriseFacts:
    return EnterpriseFacts(external_id=external_id, name=f"示例企业{external_id}", **fields)


def placed(scorer: Scorer, facts: EnterpriseFacts, *corrected: str) -> Placed:
    return place(facts, corrected or None, scorer.placer, scorer.reference)


def counted(scorer: Scorer, *firms: EnterpriseFacts) -> Counted:
    return count([placed(scorer, firm) for firm in firms], scorer.reference)


def at(link: str, external_id: str = "E-1", **fields: Any) -> EnterpriseFacts:
    """A firm that declares one link."""
    return a_firm(external_id, link_ids=(link,), **fields)


def judged(
    scorer: Scorer,
    link: str,
    *firms: EnterpriseFacts,
    said: LinkStatus | None = None,
    lines: Thresholds = USUAL,
) -> Diagnosed:
    overrides = {} if said is None else {link: said}
    held = counted(scorer, *firms)
    return diagnose(scorer.reference.links[link], held, overrides, lines, scorer.reference)
