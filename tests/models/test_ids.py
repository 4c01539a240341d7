import re
import time

import pytest

from models.ids import ALPHABET, new_id


def decode(text: str) -> int:
    number = 0
    for character in text:
        number = number * 32 + ALPHABET.index(character)
    return number


@pytest.mark.parametrize("prefix", ["inv", "gap", "key", "evt"])
def test_an_id_says_what_it_is(prefix: str) -> None:
    assert re.fullmatch(rf"{prefix}_[0-9A-HJKMNP-TV-Z]{{26}}", new_id(prefix))


def test_ids_are_unique() -> None:
    assert len({new_id("inv") for _ in range(20_000)}) == 20_000


def test_ids_sort_by_time_of_making(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [0, 1, 31, 32, 1_700_000_000_000, 1_700_000_000_001, 2**48 - 1]
    made: list[str] = []
    for moment in moments:
        monkeypatch.setattr(time, "time_ns", lambda now=moment: now * 1_000_000)
        made.append(new_id("inv"))
    assert made == sorted(made)


@pytest.mark.parametrize("moment", [0, 1, 31, 32, 1023, 1_700_000_000_000, 2**48 - 1])
def test_an_id_holds_the_millisecond_it_was_made_in(
    monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: moment * 1_000_000 + 999_999)
    assert decode(new_id("inv").removeprefix("inv_")) >> 80 == moment


def test_the_random_part_is_all_of_it() -> None:
    parts = [decode(new_id("evt").removeprefix("evt_")) & (2**80 - 1) for _ in range(2_000)]
    seen_set, seen_clear = 0, 0
    for part in parts:
        seen_set |= part
        seen_clear |= ~part & (2**80 - 1)
    assert seen_set == seen_clear == 2**80 - 1
