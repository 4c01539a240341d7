"""A preview rendered: what is counted, the biggest movers, and the tops they belong to."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from matching import ordering
from matching.gate import Finding
from matching.preview import sampling
from matching.preview.causes import Cause, causes
from matching.preview.comparison import Move, Stops, Turn
from matching.preview.exposure import exposure
from matching.preview.wording import sentence
from matching.ranking import Ranking
from matching.ruleset import Ruleset
from matching.vocabulary import Region
from models.policy_preview import Direction, Limit, PolicyPreview, PreviewRequest
from service.answers import shown_gap, shown_investor, written
from service.index import State
from service.indexed import IndexedGap, IndexedInvestor

Json = dict[str, Any]
Subject = IndexedGap | IndexedInvestor


@dataclass(frozen=True, slots=True)
class Compared:
    """A subject's ranking under both rulesets, no more of it than its top."""

    subject: Subject
    before: Ranking
    after: Ranking


@dataclass(frozen=True, slots=True)
class Found:
    """One move in the ranking of a subject."""

    move: Move
    compared: Compared


@dataclass(slots=True)
class Tally:
    """What is counted over all subjects."""

    of: int
    subjects: int = 0
    pairs: int = 0
    changed: int = 0
    is_cut: bool = False
    """Whether the work that one call may do was used up."""
    turns: Counter[Turn] = field(default_factory=Counter[Turn])
    stops: Stops = field(default_factory=lambda: Stops(Counter(), Counter()))
    before: Counter[Region] = field(default_factory=Counter[Region])
    after: Counter[Region] = field(default_factory=Counter[Region])


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an answer is made of."""

    request: PreviewRequest
    state: State
    before: Ruleset
    after: Ruleset
    tally: Tally
    listed: list[Found]


def policy_preview(made: Preview) -> bytes:
    """The answer of `POST /v1/admin/policies/{policy_id}/preview`."""
    request, tally = made.request, made.tally
    compared = {found.compared.subject.id: found.compared for found in made.listed}
    body: Json = {
        "policy": _policy(made.after),
        "against": _policy(made.before),
        "direction": request.direction,
        "top": request.top,
        "scope": _scope(tally),
        "totals": {
            "unchanged": tally.subjects - tally.changed,
            "changed": tally.changed,
            **{turn.value: tally.turns[turn] for turn in Turn},
        },
        "gates": _gates(tally.stops),
        "exposure": [region._asdict() for region in exposure(tally.before, tally.after)],
        "moves": [_move(made, found) for found in made.listed],
        "rankings": [_tops(made, one) for one in compared.values()],
    }
    return written(PolicyPreview, body)


def _policy(rules: Ruleset) -> Json:
    policy = rules.policy
    return {
        "id": policy.id,
        "version": policy.version,
        "name_zh": policy.name_zh,
        "name_en": policy.name_en,
        "ruleset": rules.digest,
    }


def _scope(tally: Tally) -> Json:
    limit = None if tally.subjects == tally.of else Limit.SAMPLE
    return {
        "subjects": tally.subjects,
        "of": tally.of,
        "pairs": tally.pairs,
        "limited_by": Limit.WORK if tally.is_cut else limit,
        "rule": sampling.RULE,
        **sampling.TOLD._asdict(),
    }


def _gates(found: Stops) -> list[Json]:
    names = sorted({*found.stopped, *found.freed})
    return [{"gate": n, "stopped": found.stopped[n], "freed": found.freed[n]} for n in names]


def _move(made: Preview, found: Found) -> Json:
    move, compared = found.move, found.compared
    why = causes(compared.before, compared.after, move.position)
    told = sentence(move, made.request.top, why)
    return {
        "change": move.turn,
        "subject": _subject(compared.subject),
        **_pair(made, compared.subject, move.position),
        "rank_before": move.rank_before,
        "rank_after": move.rank_after,
        "places": move.places,
        "score_before": why.score_before,
        "score_after": why.score_after,
        "delta": why.delta,
        "components": [_component(cause) for cause in why.causes],
        "stopped_before": _reason(why.stopped_before),
        "stopped_after": _reason(why.stopped_after),
        **told._asdict(),
    }


def _subject(subject: Subject) -> Json:
    facts = subject.profile.facts
    kind = "gap" if isinstance(subject, IndexedGap) else "investor"
    return {"type": kind, "id": facts.id, "version": facts.version}


def _pair(made: Preview, subject: Subject, position: int) -> Json:
    state = made.state
    if isinstance(subject, IndexedGap):
        gap, investor = subject, state.investors.records.at(position)
    else:
        gap, investor = state.gaps.records.at(position), subject
    return {"investor": shown_investor(investor), "gap": shown_gap(gap)}


def _component(cause: Cause) -> Json:
    criterion = cause.criterion
    title = {"title_zh": criterion.title.zh, "title_en": criterion.title.en}
    figures = {name: value for name, value in cause._asdict().items() if name != "criterion"}
    return {"criterion": criterion.key, **title, **figures, "delta": cause.delta}


def _reason(finding: Finding | None) -> Json | None:
    if finding is None:
        return None
    said = asdict(finding)
    del said["verdict"]
    return said


def _tops(made: Preview, compared: Compared) -> Json:
    return {
        "subject": _subject(compared.subject),
        "before": _places(made, compared.before),
        "after": _places(made, compared.after),
    }


def _places(made: Preview, ranked: Ranking) -> list[Json]:
    state, of_gap = made.state, made.request.direction is Direction.GAPS
    records = (state.investors if of_gap else state.gaps).records
    parts = map(ordering.parts, ranked.keys.tolist())
    return [
        {"rank": rank, "id": records.at(part.position).id, "score": part.score}
        for rank, part in enumerate(parts, 1)
    ]
