import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs/decisions"
PAGES = sorted(FOLDER.glob("*.md"))
PARTS = ("Context", "Decision", "Consequences", "Alternatives")


def test_numbers_follow_one_another() -> None:
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_decision_is_one_page_in_the_house_form(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(rf"# {int(page.name[:4])}\. \S", text)
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == list(PARTS)
    assert len(text.splitlines()) <= 40
    assert re.search(r"^- \S", text.split("**Alternatives.**")[1], re.MULTILINE)
