from service.cache_entries import CacheKey, Entry
from service.index import Changes
from service.rechecking import Rechecking
from service.repositories.feed import Mark

ONE, TWO, THREE = (Mark(number, f"evt_{number}") for number in (1, 2, 3))
KEY, ENTRY = CacheKey("a question"), Entry.of(b"{}")


def known(_before: Mark, _after: Mark) -> Changes:
    return Changes()


def unknown(_before: Mark, _after: Mark) -> None:
    return None


def never(_changes: Changes) -> bool:
    raise AssertionError("nothing has changed")


def test_an_answer_holds_in_its_own_state_whatever_is_known() -> None:
    kept = Rechecking()
    assert kept.recall(KEY, ONE, known) is None
    kept.keep(KEY, ONE, ENTRY, never)
    found = kept.recall(KEY, ONE, unknown)
    assert found is not None
    assert (found.body, found.etag) == (ENTRY.body, ENTRY.etag)


def test_an_answer_follows_the_states_in_which_it_holds() -> None:
    kept = Rechecking()
    kept.keep(KEY, ONE, ENTRY, lambda _: True)
    assert kept.recall(KEY, TWO, unknown) is None
    assert kept.recall(KEY, TWO, known) is not None
    asked: list[tuple[Mark, Mark]] = []

    def note(before: Mark, after: Mark) -> Changes:
        asked.append((before, after))
        return Changes()

    assert kept.recall(KEY, THREE, note) is not None
    assert asked == [(TWO, THREE)]


def test_an_answer_that_does_not_hold_is_not_given() -> None:
    kept = Rechecking()
    kept.keep(KEY, ONE, ENTRY, lambda _: False)
    assert kept.recall(KEY, TWO, known) is None


def test_the_newest_answer_of_a_question_stays() -> None:
    kept = Rechecking()
    kept.keep(KEY, TWO, ENTRY, never)
    kept.keep(KEY, ONE, Entry.of(b"old"), never)
    assert kept.recall(KEY, TWO, unknown) is not None
    kept.forget()
    assert kept.recall(KEY, TWO, known) is None
