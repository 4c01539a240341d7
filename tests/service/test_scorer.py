import gc

import pytest

from service.scorer import nothing_thrown_away


def fail(*, is_on: bool) -> None:
    assert not is_on
    raise ValueError("broken")


def test_what_does_not_stay_for_good_is_searched_again() -> None:
    before = gc.get_freeze_count()
    with nothing_thrown_away(for_good=False):
        assert not gc.isenabled()
        kept = [[number] for number in range(1000)]
    assert gc.get_freeze_count() == before
    assert len(kept) == 1000


@pytest.mark.parametrize("is_on", [True, False])
def test_garbage_is_looked_for_afterwards_as_before(is_on: bool) -> None:
    was_on = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        with pytest.raises(ValueError, match="broken"), nothing_thrown_away():
            fail(is_on=gc.isenabled())
        assert gc.isenabled() is is_on
        assert gc.get_freeze_count() > 0
    finally:
        (gc.enable if was_on else gc.disable)()
