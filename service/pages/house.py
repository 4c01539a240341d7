"""A set of pages: where they are, who may open them, how they look and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from matching.vocabulary import Scope
from service.pages.texts import Language, Text, Wording, read_tables
from service.pages.writing import FILTERS

SHARED: Final = Path(__file__).parent
"""Words that all sets have, such as what is said of a refusal, stand here."""

STAMP_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Who:
    """Who may open a page."""

    scopes: frozenset[Scope]
    has_guests: bool = False
    """Whether anybody may while nothing is held but the demonstration."""


@dataclass(frozen=True)
class House:
    """A set of pages.

    Attributes:
        base: the path before that of each page; empty for those at the root.
        folder: of its `templates` and its words.
        who: may open a page that says nothing else.
        scripts: where scripts may come from, as a content security policy says it.
    """

    base: str
    folder: Path
    who: Who
    scripts: str = "'none'"

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """Of every page. With `no-referrer` a browser would send forms with `Origin: null`."""
        return {
            "Content-Security-Policy": f"default-src 'self'; script-src {self.scripts}; "
            "object-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
            "frame-ancestors 'none'",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store",
        }

    @cached_property
    def texts(self) -> Mapping[str, Text]:
        """Every text by its key: the shared ones and its own."""
        return read_tables([SHARED / "texts.csv", *sorted(self.folder.glob("texts*/*.csv"))])

    def words(self, language: Language) -> Wording:
        """The texts in one language."""
        return Wording(language, self.texts)

    @cached_property
    def environment(self) -> Environment:
        """The templates; a name that nobody gave them is an error."""
        made = Environment(
            loader=FileSystemLoader(self.folder / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters |= FILTERS
        return made

    @cached_property
    def stamp(self) -> str:
        """In the addresses of style sheets and scripts, so that a new one is taken at once."""
        digest = sha256()
        for path in sorted((self.folder / "static").iterdir()):
            digest.update(path.read_bytes())
        return digest.hexdigest()[:STAMP_LENGTH]
