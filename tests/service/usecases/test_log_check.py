"""The walk along the log finds what was changed, removed, put in or cut off, on both databases."""

from datetime import date
from typing import Any, Final

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select, update

from models.event import Event
from models.event_chain import FIELDS, hash_after
from service import database
from service.repositories import events
from service.repositories.events import Change
from service.usecases import log_check
from service.usecases.log_check import Checked, Head, read_head

ODD: Final = {
    "big": 1e22,
    "zero": -0.0,
    "small": 1e-7,
    "whole": 5.0,
    "text": '甲😀"\\\n',
    "none": None,
}


@pytest.fixture
def log(engine: Engine) -> Engine:
    """A log with some events of all kinds at its end."""
    with database.transaction(engine) as session:
        for number in range(4):
            events.append(session, a_change(number, odd=ODD), events.reserve(session))
        more = [a_change(number, day=date(2030, 12, 31), odd=ODD) for number in range(4, 8)]
        events.append_all(session, more, events.reserve(session))
    return engine


def a_change(number: int, **after: Any) -> Change:
    return Change(
        actor="key_1",
        action="investor.updated",
        subject_type="investor",
        subject_id=f"inv_{number}",
        subject_version=2,
        before={"jobs": number},
        after={"jobs": number + 1, **after},
    )


def checked(engine: Engine, noted: Head | None = None) -> Checked:
    with database.snapshot(engine) as session:
        return log_check.check(session, noted)


def found(engine: Engine, noted: Head | None = None) -> list[int]:
    return [finding.number for finding in checked(engine, noted).findings]


def change(engine: Engine, at: int, **fields: Any) -> None:
    with Session(engine) as session:
        session.exec(update(Event).where(col(Event.number) == at).values(**fields))
        session.commit()


def last_of(engine: Engine) -> Event:
    with Session(engine) as session:
        newest = select(Event).order_by(col(Event.number).desc()).limit(1)
        return session.exec(newest).one()


def test_what_was_written_is_whole(log: Engine) -> None:
    whole = checked(log)
    assert (whole.findings, whole.more_findings) == ([], 0)
    last = last_of(log)
    assert whole.head == Head(last.number, last.hash)
    assert whole.events == last.number
    with Session(log) as session:
        first = session.get_one(Event, 1)
        session.expunge_all()
    assert first.hash != last.hash


@pytest.mark.parametrize(
    "fields",
    [
        {"actor": "key_2"},
        {"after": {"jobs": 1_000_000}},
        {"before": None},
        {"subject_version": 3},
        {"hash": "0" * 64},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_changed_event_is_found(log: Engine, fields: dict[str, Any]) -> None:
    number = last_of(log).number - 3
    change(log, number, **fields)
    after_it = [number + 1] if "hash" in fields else []
    assert found(log) == [number, *after_it]


def test_a_removed_event_is_found(log: Engine) -> None:
    last = last_of(log).number
    with Session(log) as session:
        session.exec(delete(Event).where(col(Event.number).in_([1, last - 3, last - 2])))
        session.commit()
    missing = checked(log)
    assert [finding.number for finding in missing.findings] == [1, last - 3]
    assert missing.findings[0].what == "event 1 is missing"
    assert missing.findings[1].what.endswith(f"and so is every event to {last - 2}")


def test_numbers_that_move_up_hide_no_removal(log: Engine) -> None:
    last = last_of(log).number
    with Session(log) as session:
        session.exec(delete(Event).where(col(Event.number) == last - 1))
        session.commit()
    change(log, last, number=last - 1)
    assert found(log) == [last - 1]


@pytest.mark.parametrize("place", ["at the end", "before the first"])
def test_an_event_that_was_put_in_is_found(log: Engine, place: str) -> None:
    last = last_of(log)
    number = last.number + 1 if place == "at the end" else 0
    with Session(log) as session:
        forged = last.model_dump() | {"number": number, "id": "evt_forged"}
        session.add(Event.model_validate(forged))
        session.commit()
    assert found(log) == [number]


def test_a_rewritten_end_is_given_away_by_a_noted_head(log: Engine) -> None:
    noted = checked(log).head
    change(log, noted.number, actor="key_2")
    with database.snapshot(log) as session:
        (row,) = events.rows_after(session, noted.number - 1, 1)
        previous = events.hash_before(session, noted.number)
    forged = hash_after(previous, row[: len(FIELDS)])
    change(log, noted.number, hash=forged)
    assert found(log) == [], "in itself it is whole"
    assert found(log, noted) == [noted.number]


def test_an_end_that_was_cut_off_is_given_away_by_a_noted_head(log: Engine) -> None:
    noted = checked(log).head
    assert found(log, noted) == []
    with Session(log) as session:
        session.exec(delete(Event).where(col(Event.number) > noted.number - 2))
        session.commit()
    assert found(log) == []
    (cut,) = checked(log, noted).findings
    assert cut.what.endswith(f"is missing: the log once went to event {noted.number}")
    assert cut.number == noted.number - 1


def test_a_log_that_went_on_holds_the_noted_head(log: Engine) -> None:
    noted = checked(log).head
    with database.transaction(log) as session:
        events.append(session, a_change(9), events.reserve(session))
    assert found(log, noted) == []
    assert checked(log).head.number == noted.number + 1


def test_nothing_told_leaves_nothing(log: Engine) -> None:
    before = checked(log).head
    with database.transaction(log) as session:
        events.append_all(session, [], events.reserve(session))
    assert checked(log).head == before


def test_many_findings_are_counted_and_some_are_told(
    log: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_check, "MOST_TOLD", 3)
    monkeypatch.setattr(log_check, "PAGE", 2)
    last = last_of(log).number
    for number in range(last - 5, last):
        change(log, number, actor="key_2")
    many = checked(log)
    assert ([finding.number for finding in many.findings], many.more_findings) == (
        [last - 5, last - 4, last - 3],
        2,
    )


@pytest.mark.parametrize(
    "text",
    ["", "7", "7:", "7:abc", "x:" + "0" * 64, "-1:" + "0" * 64, "²:" + "0" * 64, "7:" + "g" * 64],
)
def test_other_heads_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="NUMBER:HASH"):
        read_head(text)
