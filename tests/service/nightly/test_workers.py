"""Workers: threads and Ray give the same bytes; Ray is imported by nobody who did not ask."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from service.nightly import workers
from service.nightly.keeping import MANIFEST, Basis, Run
from service.nightly.running import Asked, StateMoved, make, prepared
from service.nightly.workers import NoRay, Worker, on_ray
from service.runtime import Runtime
from tests.factories import an_investor, register
from tests.service.nightly.conftest import administrator

COUNT = 2


class Actor:
    """A worker as it is called from afar."""

    def __init__(self, *given: Any) -> None:
        self._worker = Worker(*given)
        self.block = self

    def remote(self, g0: int, g1: int) -> tuple[int, bytes]:
        return g0, self._worker.block(g0, g1)


class Here:
    """Ray as far as it is called, in this process; what was given last is done first."""

    def __init__(self, *, is_there: bool = False) -> None:
        self.is_there = is_there
        self.stopped = 0
        self.actors: list[Actor] = []

    def is_initialized(self) -> bool:
        return self.is_there

    def init(self, **_: object) -> None:
        self.is_there = True

    def shutdown(self) -> None:
        self.stopped += 1

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": float(COUNT)}

    def remote(self, **_: object) -> Any:
        def kind(_: type) -> Any:
            return SimpleNamespace(remote=self.actor)

        return kind

    def actor(self, *given: Any) -> Actor:
        self.actors.append(Actor(*given))
        return self.actors[-1]

    def wait(self, waiting: list[Any], num_returns: int) -> tuple[list[Any], list[Any]]:
        return waiting[-num_returns:], waiting[:-num_returns]

    def get(self, done: tuple[int, bytes]) -> bytes:
        return done[1]


def kept(run: Run) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in run.folder.iterdir() if file.name != MANIFEST}


def run_of(runtime: Runtime, root: Path, **asked: Any) -> tuple[Run, list[tuple[int, int]]]:
    """A run in blocks of one gap, and what its progress said."""
    seen: list[tuple[int, int]] = []

    def see(done: int, of: int) -> None:
        seen.append((done, of))

    return make(runtime, root, Asked(block=1, **asked), see), seen


def test_threads_make_every_block_and_tell_how_far_they_are(
    runtime: Runtime, tmp_path: Path
) -> None:
    run, seen = run_of(runtime, tmp_path / "a", threads=3)
    assert run.manifest.is_whole
    assert seen == [(done, 6) for done in range(7)]
    one, _ = run_of(runtime, tmp_path / "b", threads=1)
    assert kept(one) == kept(run)
    assert one.manifest == run.manifest


def test_only_what_is_missing_is_made_again(runtime: Runtime, tmp_path: Path) -> None:
    run, _ = run_of(runtime, tmp_path)
    whole = kept(run)
    (run.folder / sorted(whole)[2]).unlink()
    again, seen = run_of(runtime, tmp_path)
    assert seen == [(5, 6), (6, 6)]
    assert kept(again) == whole
    assert run_of(runtime, tmp_path, is_on_ray=True)[1] == [(6, 6)]


@pytest.mark.parametrize("is_there", [False, True])
def test_a_cluster_gives_the_same(
    runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    """One that was there before goes on afterwards."""
    here = Here(is_there=is_there)
    monkeypatch.setattr(workers, "imported_ray", lambda: here)
    by_threads, _ = run_of(runtime, tmp_path / "a")
    by_ray, seen = run_of(runtime, tmp_path / "b", is_on_ray=True)
    assert kept(by_ray) == kept(by_threads)
    assert len(seen) == 7
    assert len(here.actors) == COUNT
    assert here.stopped == (not is_there)


def test_a_real_cluster_gives_the_same(runtime: Runtime, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="NO RAY: THE CLUSTER'S LISTS ARE NOT COMPARED")
    by_threads, _ = run_of(runtime, tmp_path / "a")
    by_ray, _ = run_of(runtime, tmp_path / "b", is_on_ray=True)
    assert kept(by_ray) == kept(by_threads)


def test_a_worker_that_sees_other_records_says_so(runtime: Runtime, tmp_path: Path) -> None:
    basis: Basis = run_of(runtime, tmp_path)[0].manifest.basis
    register(administrator(runtime), "investors", an_investor())
    with pytest.raises(StateMoved, match=f"{basis.log_number} was asked for"):
        prepared(basis)


def test_ray_that_is_absent_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    basis = Basis.model_construct()
    with pytest.raises(NoRay):
        next(on_ray(prepared, basis, [(0, 1)]))


def test_ray_is_not_imported_unless_asked_for() -> None:
    code = "import sys, service.cli; print('ray' in sys.modules, 'scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
