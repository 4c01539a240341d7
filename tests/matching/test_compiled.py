"""Making the compiled loop: what is kept, what is done without, and what is refused."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matching import compiled
from matching.compiled import compiled_loop, judged_sample
from matching.loop import BLOCKED, ELIGIBLE, OUTSIDE, functions, loop_text, made_loop


class Pretended:
    """A numba that hands back what it is given, breaks when told, and remembers what was asked."""

    __version__ = "1.2.3"

    def __init__(self) -> None:
        self.breaks: set[bool] = set()
        self.kept: list[bool] = []
        self.files: list[str] = []

    def njit(self, **options: Any) -> Callable[[Any], Any]:
        def decorate(function: Any) -> Any:
            if "cache" in options:
                self.kept.append(options["cache"])
                self.files.append(function.__code__.co_filename)
                if options["cache"] in self.breaks:
                    raise RuntimeError("the kept file is broken")
                function.disable_compile = lambda: None
            return function

        return decorate


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> Pretended:
    numba = Pretended()
    monkeypatch.setitem(sys.modules, "numba", numba)
    return numba


def test_without_numba_there_is_no_loop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    assert compiled_loop(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_keeps_the_text_under_a_name_of_all_it_depends_on(
    pretended: Pretended, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "made" / "when absent"
    assert compiled_loop(folder) is not None
    (first,) = folder.iterdir()
    assert first.read_text() == loop_text()
    first.write_text("half writ")
    compiled_loop(folder)
    assert first.read_text() == loop_text()
    stamp = first.stat().st_mtime_ns
    compiled_loop(folder)
    assert first.stat().st_mtime_ns == stamp  # numba goes by it
    monkeypatch.setattr(compiled, "code_digest", lambda: "an edited criterion")
    compiled_loop(folder)
    monkeypatch.setattr(Pretended, "__version__", "1.2.4")
    compiled_loop(folder)
    assert len(list(folder.iterdir())) == 3
    assert pretended.kept == [True] * 5
    assert set(pretended.files) == {str(file) for file in folder.iterdir()}


def test_a_folder_that_cannot_be_written_to_is_done_without(
    pretended: Pretended, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    assert compiled_loop(tmp_path / "file" / "folder") is not None
    assert compiled_loop(None) is not None
    assert pretended.kept == [False, False]


def refuse(**_options: object) -> None:
    raise OSError("read-only file system")


def test_what_was_kept_is_read_where_nothing_can_be_written(
    pretended: Pretended, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled_loop(tmp_path)
    monkeypatch.setattr(compiled, "TemporaryFile", refuse)
    compiled_loop(tmp_path)
    first, lent = map(Path, pretended.files)
    assert (lent.name, pretended.kept) == (first.name, [True, True])
    assert lent.parent != first.parent
    assert not lent.parent.exists()


@pytest.mark.parametrize("what", ["nothing", "half of it", "no folder to lend"])
def test_what_cannot_be_read_there_is_done_without(
    pretended: Pretended, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    if what != "nothing":
        compiled_loop(tmp_path)
    if what == "half of it":
        Path(pretended.files[0]).write_text("half")
    if what == "no folder to lend":
        monkeypatch.setattr(compiled, "TemporaryDirectory", refuse)
    monkeypatch.setattr(compiled, "TemporaryFile", refuse)
    assert compiled_loop(tmp_path) is not None
    assert pretended.kept[-1] is False


def test_what_was_kept_and_cannot_be_used_is_done_without(
    pretended: Pretended, tmp_path: Path
) -> None:
    pretended.breaks = {True}
    assert compiled_loop(tmp_path) is not None
    assert pretended.kept == [True, False]


def test_a_loop_that_cannot_be_made_is_told_and_not_fatal(
    pretended: Pretended, tmp_path: Path
) -> None:
    pretended.breaks = {True, False}
    with pytest.warns(RuntimeWarning, match="without the compiled loop.*RuntimeError.*broken"):
        assert compiled_loop(tmp_path) is None
    assert pretended.kept == [True, False]


def test_a_loop_that_disagrees_with_the_plain_one_is_refused(
    pretended: Pretended, monkeypatch: pytest.MonkeyPatch
) -> None:
    def generous(weight: int, _value: int) -> int:
        return weight

    def otherwise() -> dict[str, Callable[..., object]]:
        return {**functions(), "points": generous}

    monkeypatch.setattr(compiled, "functions", otherwise)
    with pytest.warns(RuntimeWarning, match="disagrees with the plain one"):
        assert compiled_loop() is None


def test_the_sample_holds_every_verdict_and_scores_that_differ() -> None:
    judged = judged_sample(made_loop(functions()))
    assert set(judged.verdict.tolist()) == {OUTSIDE, ELIGIBLE, BLOCKED}
    assert len(set(judged.score.tolist())) > 5


def test_machine_code_is_kept_and_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba", reason="NO NUMBA: THE COMPILED LOOP IS NOT TESTED")
    first: Any = compiled_loop(tmp_path)
    again: Any = compiled_loop(tmp_path)
    monkeypatch.setattr(compiled, "TemporaryFile", refuse)
    lent: Any = compiled_loop(tmp_path)
    assert sum(first.stats.cache_misses.values()) == 1
    assert sum(again.stats.cache_hits.values()) == 1
    assert sum(lent.stats.cache_hits.values()) == 1
    for one, other in zip(judged_sample(first), judged_sample(again), strict=True):
        assert np.array_equal(one, other)
    with pytest.raises(TypeError, match="No matching definition"):
        again(1, 2, 3, 4, 5, 6, 7, 8)  # nothing is ever compiled while a request waits
