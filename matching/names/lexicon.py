"""The words of company names, read once a process from the tables beside this file."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from matching.names.folding import fold
from matching.names.pinyin import sounds
from matching.names.tokens import stem, tokenise
from matching.names.words import Form, Lengths, Role, Tokens, Trade, Words
from matching.reference.loader import load_reference

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_HOME = "中国"

PlaceRow = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]
"""Name, level, place around it ("" for none), Chinese spellings, Latin spellings."""


@cache
def load_words() -> Words:
    """The words that ship with the package.

    Raises:
        ValueError: a row says what it may not.
    """
    forms = {
        fold(row["form"]): Form(row["form_id"], row["kind"], row["family"])
        for row in _rows("forms")
    }
    places = (*_chinese_places(), *_written_places())
    trades = {
        row["zh"]: Trade(Role(row["role"]), frozenset(map(stem, _listed(row["en"]))))
        for row in _rows("trades")
    }
    han_forms = {text: form for text, form in forms.items() if not text.isascii()}
    han_places = {zh: name for name, _, _, spellings, _ in places for zh in spellings}
    han_brands = {zh: row["brand"] for row in _rows("brands") for zh in _listed(row["zh"])}
    return Words(
        han_forms=han_forms,
        latin_forms={tokenise(text): form for text, form in forms.items() if text.isascii()},
        han_places=han_places,
        latin_places=_latin_places(places),
        within={name: around for name, _, around, _, _ in places if around},
        levels={name: level for name, level, _, _, _ in places},
        trades=trades,
        latin_roles=_latin_roles(trades),
        meanings={
            row["zh"]: tuple(_stems(phrase) for phrase in _listed(row["en"]))
            for row in _rows("meanings")
        },
        han_brands=han_brands,
        latin_brands={
            tokenise(en): row["brand"] for row in _rows("brands") for en in _listed(row["en"])
        },
        marks=_marks(),
        form_lengths=_lengths((form[-2:], form) for form in han_forms),
        place_lengths=_lengths((place[:2], place) for place in han_places),
        trade_lengths=_lengths((trade[:2], trade) for trade in trades),
        brand_lengths=_lengths((brand[:2], brand) for brand in han_brands),
    )


def _marks() -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows("marks"):
        found[row["kind"]].add(row["mark"])
    return {kind: frozenset(marks) for kind, marks in found.items()}


def _lengths(words: Iterable[tuple[str, str]]) -> Mapping[str, Lengths]:
    """The two characters by which a word is sought → the lengths of the words, longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for sought, word in words:
        found[sought].add(len(word))
    return {sought: tuple(sorted(lengths, reverse=True)) for sought, lengths in found.items()}


def _rows(table: str) -> Iterator[Mapping[str, str]]:
    text = (files("matching.names") / "data" / f"{table}.csv").read_text("utf-8")
    yield from csv.DictReader(text.splitlines(), strict=True)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _stems(phrase: str) -> Tokens:
    return tuple(map(stem, tokenise(phrase)))


def _chinese_places() -> Iterator[PlaceRow]:
    """Provinces and prefectures of the reference, each with its pinyin."""
    reference = load_reference()
    for province in reference.provinces.values():
        level = "city" if province.code in MUNICIPALITIES else "region"
        spellings = (province.name_zh, province.short_zh)
        yield province.short_zh, level, _HOME, spellings, (province.name_en.lower(),)
    for prefecture in reference.prefectures:
        around = reference.provinces[prefecture.province_code].short_zh
        short = prefecture.short_zh or prefecture.name_zh
        spellings = (prefecture.name_zh, *filter(None, [prefecture.short_zh]))
        yield short, "city", around, spellings, _pinyin(prefecture.short_zh)


def _pinyin(short: str | None) -> tuple[str, ...]:
    """A city's name in Latin letters, unless its short name may mean something else."""
    if short is None:
        return ()
    syllables = sounds(short)
    return ("".join(syllables), " ".join(syllables))


def _written_places() -> Iterator[PlaceRow]:
    for row in _rows("places"):
        yield row["place"], row["level"], row["within"], _listed(row["zh"]), _listed(row["en"])


def _latin_places(places: Iterable[PlaceRow]) -> Mapping[Tokens, frozenset[str]]:
    found: defaultdict[Tokens, set[str]] = defaultdict(set)
    for name, _, _, _, spellings in places:
        for spelling in spellings:
            found[tokenise(spelling)].add(name)
    return {tokens: frozenset(names) for tokens, names in found.items()}


def _latin_roles(trades: Mapping[str, Trade]) -> Mapping[str, Role]:
    """Trade words win where a word says both."""
    roles: dict[str, Role] = {}
    for row in _rows("generals"):
        roles[stem(row["en"])] = Role.GENERAL
    for trade in trades.values():
        for word in trade.english:
            if trade.role is not Role.GENERAL:
                roles.setdefault(word, Role.TRADE)
            else:
                roles[word] = Role.GENERAL
    for row in _rows("abbreviations"):
        roles.setdefault(row["long"], Role.TRADE)
    return roles
