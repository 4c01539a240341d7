"""The parts work, and a broken promise is told: a run of a size that proves nothing else."""

import threading
from pathlib import Path

import pytest

from tests.house.server import find_free_port
from tests.soak import __main__ as soak
from tests.soak import stale
from tests.soak.breakdowns import Watch
from tests.soak.ledger import Ledger
from tests.soak.oracle import Question
from tests.soak.postgres_restarts import calls_after
from tests.soak.promises import Promise, at_most, none_of, render
from tests.soak.readers import Reader
from tests.soak.site import Place, Site
from tests.soak.tickets import Said, kept, title_of
from tests.soak.writers import Writer

TINY = stale.Size(reads=60, links=1, is_copied=False, phase_seconds=0.2, most_seconds=60)


def test_a_tiny_run_reads_nothing_stale(tmp_path: Path) -> None:
    promises = list(stale.measure(Site(tmp_path, "", is_small=True), "sqlite", TINY))
    assert all(promise.is_ok for promise in promises), render(promises)
    assert len(promises) == 3


def test_callers_tell_of_a_server_that_is_gone() -> None:
    ledger = Ledger()
    ledger.add("gap_1", "ic.photoresist/weak")
    place = Place([f"http://127.0.0.1:{find_free_port()}"], ledger, threading.Event())
    reader = Reader(1, place, [Question("/v1/gaps/gap_1/matches", "gap_1")])
    writer = Writer(1, place, ["gap_1"], every_seconds=0.0)
    for caller in (reader, writer):
        caller.work()
        assert [refusal[:10] for refusal in caller.refused] == ["no answer:"]


def test_a_fault_or_too_few_cases_break_a_promise() -> None:
    assert none_of("x", 10, 0, 10).is_ok
    assert not none_of("x", 10, 1, 1000).is_ok
    assert not none_of("x", 10, 0, 9).is_ok
    assert at_most("x", 3, 3.0, "s").is_ok
    assert not at_most("x", 3, 3.01, "s").is_ok


@pytest.mark.parametrize("is_ok", [True, False])
def test_the_command_ends_with_what_was_found(
    is_ok: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[list[str], bool]] = []

    def run(parts: list[str], *, is_small: bool) -> list[list[Promise]]:
        asked.append((parts, is_small))
        return [
            [Promise("nothing stale", "0", "1", is_ok)],
            [Promise("lost", "0", "0", is_ok=True)],
        ]

    monkeypatch.setattr(soak, "run", run)
    monkeypatch.setattr(soak, "stop_all_when_told", lambda: None)
    assert soak.main(["--small", "kill", "kill"]) == int(not is_ok)
    assert soak.main([]) == int(not is_ok)
    assert asked == [(["kill"], True), ([*soak.PARTS], False)]
    assert ("ok" if is_ok else "FAILED") in capsys.readouterr().out
    with pytest.raises(SystemExit):
        soak.main(["unknown"])


def test_what_was_lost_or_doubled_is_counted() -> None:
    acknowledged = {1: "gap_1", 2: "gap_2", 3: "gap_3"}
    stored = [("gap_1", title_of(1)), ("gap_2", title_of(9)), ("gap_4", title_of(1))]
    lost, doubled = kept("x", 3, acknowledged, stored)
    assert (lost.measured, lost.is_ok) == ("2 of 3", False)
    assert (doubled.measured, doubled.is_ok) == ("1 of 3", False)
    right = [(id_, title_of(number)) for number, id_ in acknowledged.items()]
    assert all(promise.is_ok for promise in kept("x", 3, acknowledged, right))


def test_calls_count_from_a_second_after_a_restart_until_the_next() -> None:
    restarts = [(10.0, 12.0), (20.0, 21.0)]
    begun = (5.0, 11.0, 12.9, 13.0, 19.0, 19.9, 21.5, 22.0)
    said = [Said(moment, moment + 0.5, 201) for moment in begun]
    assert [one.begun for one in calls_after(restarts, said)] == [13.0, 19.0, 22.0]


def test_a_wait_is_held_against_the_process_without_redis() -> None:
    watch = Watch(([0.01, 0.31, 0.11], [0.02, 0.02, 0.02]), [0.01, 0.05, 0.01])
    assert watch.added() == pytest.approx(0.26)
    assert watch.waits() == 2
    assert Watch(([0.01], [0.02]), [0.05]).added() == 0
