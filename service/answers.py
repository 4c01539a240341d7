"""Rankings rendered to their final bytes, from what the engine found and the index shows."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from matching.counterfactuals import counterfactuals
from matching.engine import Scored, blocking_gate, is_in_pool, score_pair
from matching.explanation import explain, findings
from matching.gate import Finding
from matching.gates import standing
from matching.profiles import Pair, pair
from matching.ranking import Ranking
from matching.ruleset import Ruleset
from matching.text.placement import Placer
from matching.vocabulary import Verdict
from models.base import PublicShape
from models.ranking import GapRanking, InvestorRanking
from models.ranking import Pair as PairShape
from models.receipt import Replayed
from service.index import State
from service.indexed import IndexedGap, IndexedInvestor
from service.listing import Page

MOST_BLOCKED = 20
"""Blocked pairs listed in an answer; `blocked_total` counts them all."""

EDITIONS = ("negative_list", "gb4754", "encouraged", "guidance")
"""Editions that an answer names."""

LAID = ("links.", "keywords", "landscape")
"""How the editions are called that an answer names where they lie over the built-in tables."""

Json = dict[str, Any]


def investor_ranking(
    investor: IndexedInvestor, state: State, ranking: Ranking, page: Page
) -> bytes:
    """The answer of `GET /v1/investors/{id}/matches`."""
    facts, records = investor.profile.facts, state.gaps.records
    blocked = [
        {"gap_id": records.at(position).id, **_reason(ranking.pair_at(position))}
        for position in ranking.blocked[:MOST_BLOCKED].tolist()
    ]
    matches = [
        {"rank": rank, "gap": shown_gap(records.at(position)), **_explained_at(ranking, position)}
        for rank, position in page.matches
    ]
    subject = head("investor", facts.id, facts.version, ranking.rules)
    counts = _counts(ranking, page, standing.of_investor(investor.profile.row))
    return written(InvestorRanking, {**subject, **counts, "blocked": blocked, "matches": matches})


def gap_ranking(gap: IndexedGap, state: State, ranking: Ranking, page: Page) -> bytes:
    """The answer of `GET /v1/gaps/{id}/matches`."""
    facts, records = gap.profile.facts, state.investors.records
    blocked = [
        {"investor_id": records.at(position).id, **_reason(ranking.pair_at(position))}
        for position in ranking.blocked[:MOST_BLOCKED].tolist()
    ]
    matches = [
        {
            "rank": rank,
            "investor": shown_investor(records.at(position)),
            **_explained_at(ranking, position),
        }
        for rank, position in page.matches
    ]
    subject = head("gap", facts.id, facts.version, ranking.rules)
    counts = _counts(ranking, page, standing.of_gap(gap.profile.row))
    return written(GapRanking, {**subject, **counts, "blocked": blocked, "matches": matches})


def one_pair(investor: IndexedInvestor, gap: IndexedGap, rules: Ruleset, placer: Placer) -> bytes:
    """The answer of `GET /v1/investors/{id}/matches/{gap_id}`; no match where a gate stops it."""
    held = pair(investor.profile, gap.profile, rules.tables, rules.reference)
    facts = investor.profile.facts
    subject = head("investor", facts.id, facts.version, rules)
    match = _match(investor, gap, held, rules, placer)
    gates = [asdict(finding) for finding in findings(held)]
    return written(PairShape, {**subject, "match": match, "gates": gates})


def replayed(
    investor: IndexedInvestor, gap: IndexedGap, rules: Ruleset, placer: Placer
) -> bytes | None:
    """The answer of `POST /v1/receipts/replay`; None where a gate stops the pair now."""
    held = pair(investor.profile, gap.profile, rules.tables, rules.reference)
    match = _match(investor, gap, held, rules, placer)
    return None if match is None else written(Replayed, {"match": match})


def _match(
    investor: IndexedInvestor, gap: IndexedGap, held: Pair, rules: Ruleset, placer: Placer
) -> Json | None:
    if not is_in_pool(held) or blocking_gate(held) is not None:
        return None
    scored = score_pair(held, rules)
    return {
        "gap": shown_gap(gap),
        "investor": shown_investor(investor),
        **_explained(scored, rules),
        "counterfactuals": [asdict(c) for c in counterfactuals(scored, rules, placer)],
    }


def written(shape: type[PublicShape], data: Json) -> bytes:
    """The bytes of an answer, held against its shape."""
    return shape.model_validate(data).model_dump_json().encode()


def head(subject: str, id_: str, version: int, rules: Ruleset) -> Json:
    """What an answer rests on."""
    editions = rules.reference.editions
    return {
        "subject": {"type": subject, "id": id_, "version": version},
        "policy": {"id": rules.policy.id, "version": rules.policy.version},
        "ruleset": rules.digest,
        "editions": {
            name: editions[name]
            for name in (*EDITIONS, *(laid for laid in editions if laid.startswith(LAID)))
            if name in editions
        },
    }


def _counts(ranking: Ranking, page: Page, kept_out: Sequence[Finding]) -> Json:
    return {
        "kept_out": [asdict(finding) for finding in kept_out],
        "eligible": len(ranking.keys),
        "blocked_total": len(ranking.blocked),
        "next_cursor": page.next_cursor,
    }


def _reason(held: Pair) -> Json:
    """What the first gate that stops the pair says of it."""
    gate = blocking_gate(held)
    found = gate.findings(held) if gate else []
    first = next(finding for finding in found if finding.verdict is Verdict.BLOCKED)
    return {name: getattr(first, name) for name in ("gate", "zh", "en", "source")}


def _explained(scored: Scored, rules: Ruleset) -> Json:
    return asdict(explain(scored, rules))


def _explained_at(ranking: Ranking, position: int) -> Json:
    return _explained(ranking.scored_at(position), ranking.rules)


def shown_gap(gap: IndexedGap) -> Json:
    """What a match shows of its gap."""
    facts = gap.profile.facts
    return {
        "id": facts.id,
        "kind": facts.kind,
        "zone": {
            "id": facts.zone.id,
            "name_zh": gap.zone_name_zh,
            "name_en": gap.zone_name_en,
            "region": facts.zone.region,
        },
        "version": facts.version,
        "severity": facts.severity,
        "chain_id": gap.profile.link.chain_id,
        "link_id": facts.link_id,
        "title_zh": gap.title_zh,
        "title_en": gap.title_en,
    }


def shown_investor(investor: IndexedInvestor) -> Json:
    """What a match shows of its investor."""
    facts = investor.profile.facts
    return {
        "id": facts.id,
        "name": investor.name,
        "country": facts.country,
        "origin": facts.origin,
        "version": facts.version,
    }
