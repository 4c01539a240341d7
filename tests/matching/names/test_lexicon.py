import csv
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from matching.names.folding import fold
from matching.names.lexicon import load_words
from matching.names.words import Role

DATA = files("matching.names") / "data"
KEYS = {
    "abbreviations": "short",
    "brands": "brand",
    "forms": "form",
    "generals": "en",
    "marks": "mark",
    "meanings": "zh",
    "places": "place",
    "trades": "zh",
}


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / f"{table}.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("table", KEYS)
def test_a_table_names_each_thing_once_in_folded_form(table: str) -> None:
    found = Counter((row[KEYS[table]], row.get("kind", "")) for row in rows(table))
    assert max(found.values()) == 1
    assert all(fold(key) == key for key, _ in found)
    assert all(None not in row and None not in row.values() for row in rows(table))


def test_every_table_has_a_source() -> None:
    sources = tomllib.loads((DATA / "sources.toml").read_text("utf-8"))
    assert set(sources) == set(KEYS)
    assert all(entry["source"] and entry["quality"] for entry in sources.values())
    assert {entry.name for entry in DATA.iterdir()} == {"sources.toml", *(f"{t}.csv" for t in KEYS)}


def test_every_place_lies_in_a_known_one_and_none_in_itself() -> None:
    words = load_words()
    for place in words.levels:
        around = list(words.around(place))
        assert len(around) == len(set(around)) <= 5
        assert set(around) <= set(words.levels)
    assert set(words.levels.values()) == {"area", "country", "region", "city", "district"}
    assert list(words.around("昆山")) == ["昆山", "苏州", "江苏", "中国"]


def test_latin_letters_may_mean_two_places() -> None:
    words = load_words()
    assert words.latin_places["suzhou",] == {"苏州", "宿州"}
    assert words.latin_places["shi", "jia", "zhuang"] == {"石家庄"}
    assert words.latin_places["canton",] == {"广州"}
    assert ("dong", "fang") not in words.latin_places  # 东方 is a county of Hainan, and the East


def test_words_know_what_they_say() -> None:
    words = load_words()
    assert words.trades["半导体"].role is Role.TRADE
    assert words.trades["网络科技"].role is Role.BROAD
    assert words.trades["集团"].role is Role.GENERAL
    assert "semiconductor" in words.trades["半导体"].english
    assert words.latin_roles["group"] is words.latin_roles["technology"] is Role.GENERAL
    assert words.latin_roles["pharmaceutical"] is Role.TRADE
    assert "acme" not in words.latin_roles
    assert words.meanings["野马"] == (("mustang",),)
    assert words.han_brands["西门子"] == words.latin_brands["siemens",] == "siemens"
    assert words.trade_lengths["生物"][0] >= words.trade_lengths["生物"][-1] == 2


def test_forms_of_both_scripts_are_found() -> None:
    words = load_words()
    assert words.han_forms["有限公司"] == words.han_forms["有限责任公司"]
    assert words.latin_forms["gesellschaft", "mit", "beschrankter", "haftung"].family == "de"
    assert words.latin_forms["sp", "z", "oo"] == words.latin_forms["sp", "zoo"]
