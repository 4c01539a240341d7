"""Counting what a process does."""

from threading import Thread
from time import perf_counter

import pytest

from service.telemetry.figures import REQUEST_BOUNDS, Durations, Figures


def test_durations_are_counted_up_to_each_bound() -> None:
    kept = Durations([0.1, 1.0])
    for seconds in (0.05, 0.1, 0.5, 7.0):
        kept.note(("a",), seconds)
    (series,) = kept.read()
    assert (series.labels, series.up_to, series.count) == (("a",), (2, 3, 4), 4)
    assert series.seconds == pytest.approx(7.65)


def test_series_are_apart_and_in_order() -> None:
    kept = Durations([1.0])
    for labels in (("b", "x"), ("a", "y"), ("b", "x")):
        kept.note(labels, 0.5)
    assert [(one.labels, one.count) for one in kept.read()] == [(("a", "y"), 1), (("b", "x"), 2)]
    assert Durations([1.0]).read() == []


def test_what_fails_is_not_timed() -> None:
    kept = Durations([1.0])
    with kept.timed("gaps"):
        pass
    with pytest.raises(LookupError), kept.timed("gaps"):
        raise LookupError
    (series,) = kept.read()
    assert (series.labels, series.count) == (("gaps",), 1)
    assert 0 <= series.seconds < 1


def test_requests_are_kept_by_class_of_status_and_known_methods() -> None:
    figures = Figures()
    for method, status in (("GET", 200), ("GET", 204), ("GET", 404), ("BREW", 405), ("GUESS", 405)):
        figures.note_request(method, "/v1/gaps/{gap_id}", status, 0.001)
    found = {one.labels: one.count for one in figures.requests.read()}
    assert found == {
        ("GET", "/v1/gaps/{gap_id}", "2xx"): 2,
        ("GET", "/v1/gaps/{gap_id}", "4xx"): 1,
        ("other", "/v1/gaps/{gap_id}", "4xx"): 2,
    }


def test_nothing_is_lost_between_threads() -> None:
    kept = Durations(REQUEST_BOUNDS)

    def count() -> None:
        for _ in range(2_000):
            kept.note(("a",), 0.001)

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.count for one in kept.read()] == [8_000]


def test_a_request_costs_some_microseconds() -> None:
    """A bound that an SDK's histogram, 18 µs, would not meet; on a busy machine too."""
    figures = Figures()

    def run() -> float:
        started = perf_counter()
        for _ in range(1_000):
            figures.note_request("GET", "/v1/investors/{investor_id}/matches", 200, 0.0004)
        return (perf_counter() - started) / 1_000

    assert min(run() for _ in range(5)) < 8e-6
