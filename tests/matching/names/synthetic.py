"""A million company names that nobody bears, and how people misspell them, both by a seed."""

import random
from collections.abc import Iterator

from matching.names.lexicon import load_words
from matching.names.parsing import parse
from matching.names.parts import Script

_SYLLABLES = (
    "ba bel cor dan der fen gal hel ira jon kel lum mar nor os pel qui ras sol tan ul ver wex xan "
    "yor zen tri pro neo max tel om vi ter son ic on ex al an is"
)
_LATIN_FORMS = ("Inc.", "Ltd.", "Co., Ltd.", "GmbH", "LLC", "Corp.", "S.A.", "AG", "B.V.", "PLC")
_HAN_FORMS = ("有限公司",) * 6 + ("股份有限公司",) * 2 + ("有限责任公司", "集团有限公司")
_CHARACTERS = 1_500
_CHINESE_SHARE = 0.6


class NameMaker:
    """Names in a fixed order of the seed; Chinese 字号 of frequent characters, invented words."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 — no secret, a seed
        words = load_words()
        self._cities = sorted(p for p, level in words.levels.items() if level == "city")
        self._trades = sorted(trade for trade in words.trades if len(trade) > 1)
        english = (min(t.english) for t in words.trades.values() if t.english)
        self._english = sorted({word.title() for word in english})
        self._characters = self._random.sample(list(_common_characters()), _CHARACTERS)
        self._weights = [1 / (rank + 10) for rank in range(_CHARACTERS)]

    def make(self) -> str:
        """One more name."""
        return self._han() if self._random.random() < _CHINESE_SHARE else self._latin()

    def misspell(self, name: str) -> str:
        """A name as a partner may type it: itself, shortened, a letter lost, another form."""
        parsed, kind = parse(name), self._random.random()
        if kind < 0.2:
            return name
        if kind < 0.4 and parsed.script is Script.HAN:
            return parsed.letters[: max(4, len(parsed.core))]
        if kind < 0.6:
            return self._with(name, "\u200b")
        if kind < 0.8 and parsed.script is Script.LATIN:
            at = self._random.randrange(1, min(8, len(name) - 1))
            return name[:at] + name[at + 1 :]
        return name.replace("有限公司", "有限责任公司").replace("Ltd.", "Limited").upper()

    def _with(self, name: str, hidden: str) -> str:
        at = self._random.randrange(len(name))
        return name[:at] + hidden + name[at:]

    def _han(self) -> str:
        length = self._random.choice((2, 2, 2, 3, 3, 4))
        core = "".join(self._random.choices(self._characters, self._weights, k=length))
        place = self._random.choice(self._cities) + self._random.choice(("", "市"))
        trade = self._random.choice(self._trades) + self._random.choice(("", "科技", "技术", ""))
        return place + core + trade + self._random.choice(_HAN_FORMS)

    def _latin(self) -> str:
        choose = self._random.choice
        core = "".join(self._random.choices(_SYLLABLES.split(), k=choose((2, 3, 3)))).title()
        more = choose((1, 1, 2))
        return " ".join([core, *self._random.sample(self._english, more), choose(_LATIN_FORMS)])


def _common_characters() -> Iterator[str]:
    """The 3,755 characters of the first level of GB 2312, which names are mostly made of."""
    for row in range(0xB0, 0xD8):
        for column in range(0xA1, 0xFF):
            code = bytes((row, column))
            if code <= b"\xd7\xf9":
                yield code.decode("gb2312")
