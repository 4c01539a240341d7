"""The words of the pages: tables of texts in Chinese and English."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple, Protocol

Language = Literal["zh", "en"]
LIKE: Final = "like."
"""Keys of texts that stand for every message with these words."""

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


class Text(NamedTuple):
    """The same in both languages; `{name}` stands for a value."""

    zh: str
    en: str


class Bilingual(Protocol):
    """Anything that is said in both languages."""

    @property
    def zh(self) -> str:
        """In Chinese."""
        ...

    @property
    def en(self) -> str:
        """In English."""
        ...


def read_tables(paths: Iterable[Path]) -> Mapping[str, Text]:
    """Every text of several tables by its key.

    Raises:
        ValueError: as `read_texts` does, and where two tables have a text of one key.
    """
    found: dict[str, Text] = {}
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            read = read_texts(lines, path.name)
        twice = found.keys() & read.keys()
        if twice:
            raise ValueError(f"{path.name}: {min(twice)} stands in another table as well")
        found |= read
    return found


def read_texts(lines: Iterable[str], name: str = "texts.csv") -> Mapping[str, Text]:
    """A table of texts with the columns key, zh and en.

    Raises:
        ValueError: a key stands twice, a text is missing, or there is one too many.
    """
    found: dict[str, Text] = {}
    for row in csv.DictReader(lines):
        key, text = row["key"], Text(row["zh"], row["en"])
        if key in found or not all(text) or len(row) > len(("key", *text)):
            raise ValueError(f"{name}: {key} stands twice, or has not just two texts")
        found[key] = text
    return found


class Wording:
    """The texts in one language; a template calls it `t`."""

    def __init__(self, language: Language, texts: Mapping[str, Text]) -> None:
        self.language: Language = language
        self._texts = texts

    def __call__(self, key: str, **values: object) -> str:
        """A text with its values filled in.

        Raises:
            KeyError: no such text.
        """
        return self.of(self._texts[key]).format(**values)

    def of(self, said: Bilingual) -> str:
        """What is said in both languages, in this one."""
        return said.zh if self.language == "zh" else said.en

    def pair(self, zh: str, en: str | None) -> str:
        """The one of two texts that is in this language; in Chinese where there is no other."""
        return zh if self.language == "zh" or en is None else en

    def wrong(self, message: str) -> str:
        """What is wrong with something; a message that has no translation is quoted."""
        like = (key for key in self._texts if key.startswith(LIKE) and key[len(LIKE) :] in message)
        return self.known(f"wrong.{message}", self(next(like, "wrong.other"), said=message))

    def known(self, key: str, otherwise: str) -> str:
        """A text that may not be in the table, such as one for a word of another part."""
        return self(key) if key in self._texts else otherwise


def language_of(asked: str | None, kept: str | None, accepted: str) -> Language:
    """Which language to answer in: asked for, else kept in the cookie, else the browser's first.

    Args:
        asked: what the address says.
        kept: what the cookie says.
        accepted: the header Accept-Language.

    >>> language_of(None, None, "de-DE,en;q=0.8,zh;q=0.5"), language_of("zh", "en", "en")
    ('en', 'zh')
    """
    for named in (asked, kept):
        if named in LANGUAGES:
            return "zh" if named == "zh" else "en"
    parts = [part.strip().partition(";q=") for part in accepted.lower().split(",")]
    ranked: list[tuple[float, Language]] = [
        (_number(weight), language)
        for tag, _, weight in parts
        for language in LANGUAGES
        if tag.partition("-")[0] == language
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else "zh"


def _number(weight: str) -> float:
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0
