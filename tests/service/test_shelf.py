"""Which editions cover a day, what of them was known when, and the references they make."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matching.reference.edition import Edition
from matching.reference.laying import lay
from service.shelf import Layers, Loaded, Shelf
from tests.matching.reference.editions import (
    REFERENCE,
    a_keywords_edition,
    a_link_row,
    a_links_edition,
    an_encouraged_edition,
)

START = date(2026, 1, 1)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def day(number: int) -> date:
    return START + timedelta(days=number)


def a_loaded(
    first: int, until: int | None = None, edition: Edition | None = None, at: int = 0
) -> Loaded:
    """One activated `at` days after the start, and rolled back on the day on which it ends."""
    ends = None if until is None else day(until)
    over = None if until is None else NOON + timedelta(days=until)
    moment = NOON + timedelta(days=at)
    return Loaded(f"edn_{first}", edition or a_keywords_edition(), day(first), moment, ends, over)


def test_it_covers_its_first_day_and_not_the_day_of_its_end() -> None:
    one = a_loaded(3, 5)
    assert [n for n in range(8) if one.covers(day(n))] == [3, 4]
    assert [n for n in range(8) if a_loaded(3).covers(day(n))] == [3, 4, 5, 6, 7]


def test_before_it_was_rolled_back_nobody_knew_its_end() -> None:
    one = a_loaded(3, 5, at=1)
    assert not one.covers(day(6), NOON)
    assert one.covers(day(6), NOON + timedelta(days=4))
    assert not one.covers(day(6), NOON + timedelta(days=5))


def test_a_whole_list_hides_an_earlier_one_and_keywords_hide_none() -> None:
    chain, other = a_loaded(0, edition=a_links_edition()), a_loaded(1, edition=a_links_edition())
    assert other.replaces(chain)
    assert not a_loaded(2, edition=a_links_edition(None, "nev")).replaces(chain)
    assert not a_loaded(2).replaces(a_loaded(1))
    items = a_loaded(2, edition=an_encouraged_edition())
    assert items.replaces(a_loaded(1, edition=an_encouraged_edition()))


def test_the_reference_of_a_day_is_what_its_editions_make() -> None:
    layers = Layers(REFERENCE)
    chain = a_loaded(0, edition=a_links_edition(None, "ic", a_link_row()))
    words = a_loaded(2, 4, edition=a_keywords_edition("ic.new"))
    shelf = Shelf(layers, (chain, words))
    assert Shelf(layers).reference(day(1)) is REFERENCE
    assert shelf.reference(day(-1)) is REFERENCE
    upon = lay(lay(REFERENCE, chain.edition), words.edition)
    assert shelf.reference(day(3)).digest == upon.digest
    assert shelf.reference(day(3)) is shelf.reference(day(2))
    assert shelf.reference(day(4)) is shelf.reference(day(1))


def test_one_that_cannot_be_laid_is_passed_over() -> None:
    layers = Layers(REFERENCE)
    stray = a_loaded(0, edition=a_keywords_edition("ic.new"))
    assert layers.over((stray,)) is REFERENCE
    good = a_loaded(1)
    assert layers.over((stray, good)).digest == layers.over((good,)).digest


spans = st.tuples(st.integers(0, 6), st.none() | st.integers(0, 6), st.integers(0, 3))


@given(st.lists(spans, max_size=4), st.integers(0, 8), st.integers(0, 8))
def test_whatever_was_asked_when_is_among_what_ever_ruled(
    drawn: list[tuple[int, int | None, int]], asked_on: int, about: int
) -> None:
    loaded = tuple(
        a_loaded(max(first, at), None if until is None else max(first, until, at), at=at)
        for first, until, at in sorted(drawn, key=lambda one: one[0])
    )
    moment = NOON + timedelta(days=asked_on)
    seen = tuple(one for one in loaded if one.covers(day(about), moment))
    assert seen in set(Shelf(Layers(REFERENCE), loaded).ever())
