"""Benches by reference: made once, the ones used last kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from matching.reference.laying import lay
from matching.text.placement import Placer
from service import library
from service.library import MOST_KEPT, Library
from service.scorer import Scorer
from tests.matching.reference.editions import a_keywords_edition


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The references for which a placer was made; the placers place nothing."""
    built: list[str] = []

    class Counted(Placer):
        def __init__(self, reference: object) -> None:
            built.append(str(getattr(reference, "digest", "")))

    monkeypatch.setattr(library, "Placer", Counted)
    return built


def test_the_built_in_bench_is_there_from_the_start(scorer: Scorer, made: list[str]) -> None:
    shelves = Library(scorer)
    assert shelves.bench(scorer.reference).scorer is scorer
    assert shelves.bench(scorer.reference) is shelves.bench(scorer.reference)
    assert made == []


def test_equal_references_share_a_bench_whatever_object_they_are(
    scorer: Scorer, made: list[str]
) -> None:
    shelves = Library(scorer)
    one, two = (lay(scorer.reference, a_keywords_edition()) for _ in range(2))
    assert one is not two
    with ThreadPoolExecutor(4) as pool:
        benches = list(pool.map(shelves.bench, [one, two] * 4))
    assert len(set(map(id, benches))) == 1
    assert made == [one.digest]
    assert benches[0].scorer.reference is one or benches[0].scorer.reference is two


def test_only_the_benches_used_last_are_kept(scorer: Scorer, made: list[str]) -> None:
    shelves = Library(scorer)
    others = [lay(scorer.reference, a_keywords_edition(zh=word)) for word in ("甲乙", "丙丁")]
    kept = [shelves.bench(other) for other in others]
    assert MOST_KEPT == len(kept) == 2
    assert [shelves.bench(other) for other in others] == kept
    assert shelves.bench(scorer.reference).scorer is scorer
    assert shelves.bench(others[1]) is kept[1]
    assert shelves.bench(others[0]) is not kept[0]
    assert made == [others[0].digest, others[1].digest, others[0].digest]
