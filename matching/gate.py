"""What a gate is: a rule that stands before the score."""

from collections.abc import Callable
from dataclasses import dataclass

from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """What a gate says of one pair, with its reason in both languages and its source."""

    gate: str
    verdict: Verdict
    zh: str
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule before the score: `blocks` decides, `findings` explains."""

    key: str
    blocks: Callable[[Gap, Investor, Tables], bool]
    findings: Callable[[Pair], list[Finding]]
