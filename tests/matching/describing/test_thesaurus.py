from pathlib import Path

import pytest

from matching.describing.thesaurus import businesses, read_glossary
from tests.matching.describing.lists import REFERENCE

SECTORS = "sector,words_zh,words_en\nfood,食品,food\n"
HEAD = "words_zh,words_en,sector,gb4754\n"


def a_folder(folder: Path, words: str, sectors: str = SECTORS) -> Path:
    (folder / "words.csv").write_text(words, encoding="utf-8")
    (folder / "sectors.csv").write_text(sectors, encoding="utf-8")
    return folder


def test_a_line_of_business_has_words_sectors_and_a_division(tmp_path: Path) -> None:
    found = read_glossary(a_folder(tmp_path, HEAD + "面包;蛋糕,bread,food,14\n"), REFERENCE)
    assert [(one.words, one.sectors, one.divisions) for one in found] == [
        (("面包", "蛋糕", "bread"), ("食品", "food"), ("14",))
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("面包,bread,drink,14", "sectors.csv"),
        ("面包,bread,food,99", "no division"),
        ("面包,bread,food,141", "no division"),
        ("面包;面包,bread,food,14", "repeats"),
        (",bread,food,14", "empty"),
        ("面包,,food,14", "empty"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, row: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_glossary(a_folder(tmp_path, HEAD + row + "\n"), REFERENCE)


def test_ours_and_every_link_are_known() -> None:
    known = businesses(REFERENCE)
    assert len(known) > len(REFERENCE.links) + 250
    said = {word for one in known for word in one.words}
    assert {link.name_en for link in REFERENCE.links.values()} <= said
    assert all(len(code) == 2 for one in known for code in one.divisions)
