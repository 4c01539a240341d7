import pytest

from matching.text.script import has_chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("硅", True),
        ("SiC衬底", True),
        ("𠮷", True),
        ("wafer", False),
        ("ガラス", False),
        ("유리", False),
        ("，。", False),
        ("", False),
    ],
)
def test_chinese_is_told(text: str, expected: bool) -> None:
    assert has_chinese(text) is expected
