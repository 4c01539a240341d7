"""What a link's strength means under a policy: its status, what is to be done, and how urgently."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from types import MappingProxyType

from matching.criterion import Label
from matching.diagnosis.strength import Counted, Strength
from matching.diagnosis.thresholds import Thresholds
from matching.points import UNIT, thousandths
from matching.reference.loader import Reference
from matching.reference.records import Link
from matching.vocabulary import GapKind, GapType, LinkStatus

NEED, CORE, BARRIER, SHORTFALL = 0.50, 0.15, 0.10, 0.25
"""Shares of a priority (ours): what the zone's own firms need comes first."""
HIGHEST_BARRIER = 3
NOMINAL = MappingProxyType(
    {
        LinkStatus.STRONG: 0.8,
        LinkStatus.STEADY: 0.5,
        LinkStatus.WEAK: 0.3,
        LinkStatus.MISSING: 0.0,
    }
)
"""The strength a link is scored with where an officer has set its status: the middle of the range
(ours; a weak link's is what a gap declared weak has always been scored with)."""

KINDS = MappingProxyType(
    {
        GapType.FILL: GapKind.MISSING,
        GapType.EXTEND: GapKind.MISSING,
        GapType.BUILD: GapKind.MISSING,
        GapType.STRENGTHEN: GapKind.WEAK,
    }
)
"""The kind of gap that a type is registered as; a link to be secured is no gap."""


@dataclass(frozen=True, slots=True)
class ComputedGap:
    """What is to be done about a link; priority in [0, 100], with its reasons."""

    type: GapType
    priority: int
    reasons: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """A link as it stands: `status` is an officer's where one has set it; None = unknown."""

    link: Link
    strength: Strength
    computed: LinkStatus | None
    status: LinkStatus | None
    gap: ComputedGap | None

    def is_to_register(self, thresholds: Thresholds) -> bool:
        """Whether its gap is sure and urgent enough to be registered; an officer's word is sure."""
        if self.gap is None or self.gap.type not in KINDS or self.gap.type is GapType.BUILD:
            return False
        sure = thousandths(self.strength.confidence) >= thresholds.gap_from_confidence
        urgent = self.gap.priority * UNIT >= thresholds.gap_from_priority * 100
        return urgent and (sure or self.status is not self.computed)


def diagnose(
    link: Link,
    counted: Counted,
    overrides: Mapping[str, LinkStatus],
    thresholds: Thresholds,
    reference: Reference,
) -> Diagnosed:
    """A link's status and gap; an override of an officer stands before what was computed."""
    strength = counted.links[link.link_id]
    computed = status_of(strength, thresholds)
    status = overrides.get(link.link_id, computed)
    gap = _gap(link, strength, status, counted, (thresholds, reference))
    return Diagnosed(link, strength, computed, status, gap)


def status_of(strength: Strength, thresholds: Thresholds) -> LinkStatus | None:
    """Strong, steady or weak where a firm is, missing where none is, None where none is listed."""
    if isnan(strength.value):
        return None
    if not strength.firms:
        return LinkStatus.MISSING
    value = thousandths(strength.value)
    if value >= thresholds.strong_from:
        return LinkStatus.STRONG
    return LinkStatus.STEADY if value >= thresholds.steady_from else LinkStatus.WEAK


def _gap(
    link: Link,
    strength: Strength,
    status: LinkStatus | None,
    counted: Counted,
    rules: tuple[Thresholds, Reference],
) -> ComputedGap | None:
    thresholds, reference = rules
    suppliers = _present(reference.suppliers[link.link_id], counted)
    customers = _present(reference.customers[link.link_id], counted)
    kind = _type(strength, status, (suppliers, customers), thresholds)
    if kind is None:
        return None
    around = sorted({**suppliers, **customers}.items(), key=lambda item: (-item[1], item[0]))
    need = around[0][1] if around else 0.0
    value = 0.0 if isnan(strength.value) else strength.value
    short = max(0.0, 1.0 - (value if status is not LinkStatus.MISSING else 0.0))
    barrier = (link.tech_barrier - 1) / (HIGHEST_BARRIER - 1)
    priority = NEED * need + CORE * link.is_core + BARRIER * barrier + SHORTFALL * short
    named = [reference.links[other] for other, _ in around]
    reasons = (_why_type(kind, suppliers, customers, reference), *_why(link, named, need))
    return ComputedGap(kind, int(priority * 100 + 0.5), reasons)


def _type(
    strength: Strength,
    status: LinkStatus | None,
    around: tuple[Mapping[str, float], Mapping[str, float]],
    thresholds: Thresholds,
) -> GapType | None:
    """强链 what is weak; 补链 for customers in the zone, else 延链, else 建链; 固链 one firm's."""
    suppliers, customers = around
    if status is LinkStatus.WEAK:
        return GapType.STRENGTHEN
    if status is LinkStatus.MISSING:
        return GapType.FILL if customers else GapType.EXTEND if suppliers else GapType.BUILD
    hangs = thousandths_of(strength.concentration) >= thresholds.secure_from_concentration
    return GapType.SECURE if status is not None and hangs else None


def thousandths_of(value: float) -> int:
    """A value in [0, 1] in thousandths; -1 where it is unknown."""
    return -1 if isnan(value) else thousandths(value)


def _present(link_ids: tuple[str, ...], counted: Counted) -> dict[str, float]:
    """Strength of those links at which firms stand."""
    found = {link_id: counted.links[link_id] for link_id in link_ids}
    return {link_id: held.value for link_id, held in found.items() if held.firms}


def _why_type(
    kind: GapType,
    suppliers: Mapping[str, float],
    customers: Mapping[str, float],
    reference: Reference,
) -> Label:
    buys = "、".join(reference.links[other].name_zh for other in customers)
    buys_en = ", ".join(reference.links[other].name_en for other in customers)
    sells = "、".join(reference.links[other].name_zh for other in suppliers)
    sells_en = ", ".join(reference.links[other].name_en for other in suppliers)
    return {
        GapType.FILL: Label(
            f"补链：区内{buys}企业需要它，而本区没有",
            f"To fill: firms of the zone need it ({buys_en}), and the zone has none",
        ),
        GapType.EXTEND: Label(
            f"延链：区内已有{sells}，可向后延伸至该环节",
            f"To extend: the zone has {sells_en} and could go on to this link",
        ),
        GapType.BUILD: Label(
            "建链：本区没有该环节，上下游也没有企业",
            "To build: the zone has no firm here, nor at any supplier or customer",
        ),
        GapType.STRENGTHEN: Label(
            "强链：已有企业，但规模与带动力不足",
            "To strengthen: there are firms, but they are small and lead nobody",
        ),
        GapType.SECURE: Label(
            "固链：该环节主要依靠一家企业", "To secure: the link hangs on one firm"
        ),
    }[kind]


def _why(link: Link, around: list[Link], need: float) -> list[Label]:
    found: list[Label] = []
    if around:
        nearest = around[0]
        found.append(
            Label(
                f"相邻环节中最强的是{nearest.name_zh}（强度{thousandths(need)}/1000）",
                f"The strongest link next to it is {nearest.name_en} (strength "
                f"{thousandths(need)} of 1000)",
            )
        )
    if link.is_core:
        found.append(Label("是该产业链的核心环节", "A core link of the chain"))
    if link.tech_barrier >= HIGHEST_BARRIER:
        found.append(Label("技术壁垒高", "Its technical barrier is high"))
    return found
