import pytest

from matching.describing.passages import FIRST, LATER, LEAST, MAIN, SECOND, USE, passages


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("", []),
        ("Makes pumps.", [FIRST]),
        ("Makes pumps. Sells valves.", [FIRST, SECOND]),
        ("A b. C d. E f. G h.", [FIRST, SECOND, LATER, LEAST]),
        ("The company engages in pumps.", [FIRST * MAIN]),
        ("公司主营水泵", [FIRST * MAIN]),
        ("水泵，应用于矿山", [FIRST, FIRST * USE]),
        ("Pumps used in mines", [FIRST, FIRST * USE]),
        ("It is based in Bath. Makes pumps.", [LEAST, FIRST]),
        ("公司荣获多项荣誉。生产水泵。", [LEAST, FIRST]),
    ],
)
def test_parts_count_by_what_they_say(text: str, weights: list[float]) -> None:
    assert [part.weight for part in passages(text)] == pytest.approx(weights)


def test_traditional_script_is_read_with_the_mainlands_words() -> None:
    assert [part.text for part in passages("軟體與半導體")] == ["软件与半导体"]
