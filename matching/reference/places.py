"""From a place as people write it to its province, or to nothing: never a guess."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from matching.reference.loader import Reference
from matching.reference.records import Province

MAX_PLACE_LENGTH = 100
"""Longer than any name of a province with its suffixes; what is longer is not looked at."""

_DIVISION_CODE = re.compile(r"(?:CN-)?(\d\d)(?:\d{2}|\d{4}|\d{7}|\d{10})?", re.ASCII)
_ZH_SUFFIX = re.compile("(?:省|市|(?:[壮壯]族|回族|[维維]吾[尔爾])?自治[区區])$")
_EN_SUFFIX = re.compile(
    " (?:(?:zhuang |hui |uygur |uyghur )?autonomous region|province|municipality|sheng|shi)$"
)


def province_of(reference: Reference, text: str) -> Province | None:
    """The province a code or name stands for; None when unknown or when it could be two.

    Takes division codes of 2, 4, 6, 9 or 12 digits (and CN-32), Chinese and English names,
    pinyin, short forms (苏, 内蒙古), and Chinese names of cities and prefectures; case, spaces,
    punctuation and the usual suffixes do not matter. Hong Kong, Macao and Taiwan are not among
    the provinces here. Shaanxi is 陕西, Shanxi is 山西.
    """
    if len(text) > MAX_PLACE_LENGTH:
        return None
    code = _DIVISION_CODE.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if code:
        return reference.provinces.get(code[1])
    name = _folded(text)
    names = _names(reference)
    found = names.get(name) or names.get(_bare(name)) or _province_of_both(reference, name)
    return reference.provinces[found] if found else None


def _folded(text: str) -> str:
    """Lower case, half width, every run of punctuation or spaces one space; tones are kept."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "")
    return re.sub(r"[\W_]+", " ", folded).strip()


def _bare(name: str) -> str:
    """The name without its suffix; a name of one letter keeps it (新市 is not Xinjiang)."""
    bare = _EN_SUFFIX.sub("", _ZH_SUFFIX.sub("", name))
    return bare if len(bare) > 1 else name


def _province_of_both(reference: Reference, name: str) -> str | None:
    """The province of "江苏省苏州市": a province's name before a place that is in it."""
    names = _names(reference)
    for code, province in reference.provinces.items():
        for first in (province.name_zh, province.short_zh):
            if name.startswith(first) and names.get(name.removeprefix(first).strip()) == code:
                return code
    return None


@lru_cache(maxsize=8)
def _names(reference: Reference) -> dict[str, str]:
    """Folded name → province code; a city's name never hides a province's."""
    names: dict[str, str] = {}
    for code, province in reference.provinces.items():
        for name in _province_names(province):
            names[_folded(name)] = code
    for name, code in _city_names(reference):
        names.setdefault(_folded(name), code)
    return names


def _province_names(province: Province) -> Iterable[str]:
    yield from (province.name_zh, province.short_zh, province.name_en, province.pinyin)
    yield from province.aliases


def _city_names(reference: Reference) -> Iterable[tuple[str, str]]:
    for place in reference.prefectures:
        yield place.name_zh, place.province_code
        if place.short_zh is not None:
            yield place.short_zh, place.province_code
    for zone in reference.zones.values():
        yield zone.city_zh, zone.province_code
