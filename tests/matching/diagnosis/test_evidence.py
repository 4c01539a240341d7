"""What a score takes of a zone's firms: the same numbers under the same digest everywhere."""

import re

from matching.diagnosis.evidence import evidence_of
from matching.diagnosis.status import NOMINAL
from matching.vocabulary import Honour, LinkStatus
from service.scorer import Scorer
from tests.matching.diagnosis.making import CELLS, SEPARATOR, a_firm, at, counted

LEADER = at(CELLS, "L", employees=5000, honours=(Honour.CHAIN_LEADER, Honour.LITTLE_GIANT))
OTHER = at(SEPARATOR, "S", employees=40)


def test_strengths_levels_and_words(scorer: Scorer) -> None:
    held = counted(scorer, LEADER, OTHER)
    said = evidence_of(held, {SEPARATOR: LinkStatus.WEAK})
    assert dict(said.strengths) == {
        link: round(held.links[link].value, 6) for link in (SEPARATOR, CELLS)
    }
    assert (said.settled, said.levels) == (((SEPARATOR, NOMINAL[LinkStatus.WEAK]),), ((CELLS, 4),))
    assert said.credibility == round(2 / 7, 6)
    assert re.fullmatch("[0-9a-f]{16}", said.version)


def test_the_version_changes_with_what_is_said_only(scorer: Scorer) -> None:
    first = evidence_of(counted(scorer, LEADER, OTHER), {})
    assert first == evidence_of(counted(scorer, OTHER, LEADER), {})
    for firms, words in (
        ((LEADER,), {}),
        ((LEADER, OTHER), {CELLS: LinkStatus.STRONG}),
        ((LEADER, OTHER, a_firm("U", products=("综合实业",))), {}),
    ):
        other = evidence_of(counted(scorer, *firms), words)
        assert other.version != first.version


def test_an_officer_alone_is_evidence(scorer: Scorer) -> None:
    said = evidence_of(counted(scorer), {CELLS: LinkStatus.STRONG})
    assert (said.strengths, said.settled) == ((), ((CELLS, 0.8),))
