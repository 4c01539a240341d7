"""A receipt replayed: the same bytes, or what has changed since."""

from matching import receipt
from matching.facts import ZoneFacts
from matching.receipt import Receipt
from service import answers, clock
from service.errors import ReceiptOutdated, invalid
from service.index import State
from service.runtime import Work


def replay(work: Work, line: str) -> bytes:
    """The match of a receipt, computed anew from the same versions.

    Raises:
        NotValid: the line is no receipt.
        ReceiptOutdated: ruleset, record or standing has changed; the message names what.
    """
    try:
        held = receipt.read(line)
    except ValueError as error:
        raise invalid(str(error), "body", "receipt") from error
    rules = work.rules.of_digest(held.ruleset)
    bench = work.bench if rules is None else work.runtime.library.bench(rules.reference)
    state = bench.index.at(work.session, clock.china_day())
    changed = _changes(held, state)
    if rules is None:
        changed.append("the ruleset (policy, reference or formulas)")
    if rules is None or changed:
        raise ReceiptOutdated(f"Changed since: {', '.join(changed)}")
    body = answers.replayed(
        state.investors.records[held.investor],
        state.gaps.records[held.gap],
        rules,
        bench.scorer.placer,
    )
    if body is None:
        raise ReceiptOutdated("Changed since: the gap is closed or outside its period")
    return body


def _changes(held: Receipt, state: State) -> list[str]:
    """The records that are gone or have another version now."""
    gap = state.gaps.records.get(held.gap)
    investor = state.investors.records.get(held.investor)
    zone = gap and gap.profile.facts.zone
    now: dict[str, object] = {
        f"investor {held.investor}": investor and investor.profile.facts.version,
        f"gap {held.gap}": gap and gap.profile.facts.version,
        f"zone {held.zone}": zone and zone.version,
        f"what the firms of zone {held.zone} say": zone and _evidence_of(zone),
    }
    then = (held.investor_version, held.gap_version, held.zone_version, held.zone_evidence)
    return [
        name for (name, version), before in zip(now.items(), then, strict=True) if version != before
    ]


def _evidence_of(zone: ZoneFacts) -> str:
    return "" if zone.evidence is None else zone.evidence.version
