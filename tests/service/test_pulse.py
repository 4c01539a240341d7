"""A look at the log sees every commit, and tells one log from another."""

import sqlite3
from pathlib import Path

from sqlalchemy import Engine, create_engine

from service.pulse import Beat, Pulse
from service.repositories.feed import BEGINNING, Mark


def log_at(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "CREATE TABLE event (number INTEGER PRIMARY KEY, id TEXT, subject_type TEXT)"
    )
    return connection


def write(log: sqlite3.Connection, number: int, subject: str, history: str = "a") -> None:
    log.execute("INSERT INTO event VALUES (?, ?, ?)", (number, f"evt_{history}{number}", subject))


def engine_of(path: Path) -> Engine:
    return create_engine(f"sqlite:///{path}")


def looked(pulse: Pulse) -> tuple[Mark, int]:
    beat = pulse.beat()
    assert isinstance(beat, Beat)
    return beat.mark, beat.keys


def test_every_commit_is_seen_and_keys_are_told_apart(tmp_path: Path) -> None:
    log = log_at(tmp_path / "log")
    pulse = Pulse(engine_of(tmp_path / "log"))
    assert looked(pulse) == (BEGINNING, 0)
    for number, subject, keys in ((1, "gap", 0), (2, "key", 2), (3, "lead", 2), (4, "partner", 4)):
        write(log, number, subject)
        assert looked(pulse) == (Mark(number, f"evt_a{number}"), keys)
        assert looked(pulse) == (Mark(number, f"evt_a{number}"), keys)
    log.execute("BEGIN IMMEDIATE")
    write(log, 5, "key")
    assert looked(pulse)[1] == 4
    log.execute("COMMIT")
    assert looked(pulse) == (Mark(5, "evt_a5"), 5)
    pulse.close()
    assert looked(pulse) == (Mark(5, "evt_a5"), 5)


def test_a_restored_log_is_another_one(tmp_path: Path) -> None:
    log = log_at(tmp_path / "log")
    seconds = iter(range(10))
    pulse = Pulse(engine_of(tmp_path / "log"), lambda: float(next(seconds)))
    for number in (1, 2, 3):
        write(log, number, "key")
    first = pulse.beat()
    log.execute("DELETE FROM event WHERE number > 1")
    shorter = pulse.beat()
    write(log, 2, "gap", "b")
    longer = pulse.beat()
    log.execute("UPDATE event SET id = 'evt_c2' WHERE number = 2")
    other = pulse.beat()
    assert first is not None
    assert shorter is not None
    assert longer is not None
    assert other is not None
    assert (shorter.mark.number, shorter.keys) == (1, 1)
    assert first.since < shorter.since == longer.since < other.since
    assert (longer.mark.id, longer.keys, other.mark.id) == ("evt_b2", 1, "evt_c2")


def test_nothing_is_told_of_what_cannot_be_looked_at(tmp_path: Path) -> None:
    assert Pulse(engine_of(tmp_path / "nowhere" / "log")).beat() is None
    assert Pulse(create_engine("postgresql+psycopg://nobody@127.0.0.1/nothing")).beat() is None
    Pulse(engine_of(tmp_path / "never looked")).close()
