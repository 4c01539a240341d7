"""The values and sources of a match in the reader's words; the API has them as names of fields."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from matching.reference.loader import Reference
from service.pages.site.house import HOUSE
from service.pages.texts import Wording
from service.pages.writing import money_range

FREE: Final = "link_fit"
"""The criterion whose values are words of the investor and the gap themselves."""

PLACES: Final = "investor_preference"
"""The criterion whose values have codes of provinces."""

FAMILY: Final = "said."
NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads: in which language, and what chains, links and provinces are called.

    Attributes:
        t: the words in the reader's language.
        reference: that the match rests on.
    """

    t: Wording
    reference: Reference

    def met(self, component: Mapping[str, Any]) -> tuple[str, str]:
        """The investor's value and the gap's of one criterion of an answer."""
        investor, gap = component["investor_value"], component["gap_value"]
        if component["criterion"] == FREE:
            return investor, self._link(gap.partition(" ")[0]) or gap
        places = component["criterion"] == PLACES
        return self._value(investor, places=places), self._value(gap, places=places)

    def source(self, said: str) -> str:
        """Where something comes from."""
        return self._worded(said, lambda _: None)

    def _value(self, said: str, *, places: bool) -> str:
        named = self._place if places else self._link
        parts = (self._part(part, named) for part in said.split("; "))
        return self.t("list.semicolon").join(parts)

    def _part(self, part: str, named: Callable[[str], str | None]) -> str:
        """A field with its value, whose numbers are written for people; other parts by words."""
        is_money = "_cny" in part
        name, _, value = part.partition(" ") if is_money else part.rpartition(" ")
        if is_money and NUMBER.search(value):
            return f"{self._worded(name, named)} {self._money(value)}"
        if name.islower() and NUMBER.fullmatch(value):
            return f"{self._worded(name, named)} {_number(value):,.10g}"
        return self._worded(part, named)

    def _money(self, value: str) -> str:
        """An amount or two ends of a range."""
        least, _, most = value.partition(f" {NOTHING} ")
        return money_range(_amount(least), _amount(most or least), self.t.language)

    def _worded(self, said: str, named: Callable[[str], str | None]) -> str:
        def word(found: re.Match[str]) -> str:
            phrase = found.group()
            return self.t.known(f"said.{phrase}", named(phrase) or phrase)

        return _pattern().sub(word, said)

    def _link(self, id_: str) -> str | None:
        known = self.reference.links.get(id_) or self.reference.chains.get(id_)
        return None if known is None else self.t.pair(known.name_zh, known.name_en)

    def _place(self, code: str) -> str | None:
        known = self.reference.provinces.get(code)
        return None if known is None else self.t.pair(known.short_zh, known.name_en)


@cache
def _pattern() -> re.Pattern[str]:
    """Every phrase of the table, the longest first; else what may be an id or a code."""
    phrases = [key.removeprefix(FAMILY) for key in HOUSE.texts if key.startswith(FAMILY)]
    known = "|".join(re.escape(one) for one in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{known}|[a-z]\w*\.\w+|[a-z]\w*|\d\d)(?!\w)")


def _amount(said: str) -> float | None:
    return None if said == NOTHING else _number(said)


def _number(said: str) -> float:
    return float(said.replace(",", ""))
