"""What a page is given, and what it may answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from service.pages.asked import Asked, Shape, shaped
from service.pages.house import House
from service.pages.texts import Wording
from service.pagination import PageParams
from service.runtime import Work

ROWS: Final = 20


@dataclass(frozen=True)
class Desk(Work):
    """One request of a browser."""

    asked: Asked
    house: House

    @property
    def t(self) -> Wording:
        """The words in the reader's language."""
        return self.house.words(self.asked.language)

    @property
    def id(self) -> str:
        """The id in the path of a page about one thing."""
        return self.asked.ids["id"]

    @property
    def page(self) -> PageParams:
        """Which page of a list was asked for."""
        return PageParams(limit=ROWS, cursor=self.asked.query.get("cursor"))

    def wanted(self, kind: type[Shape]) -> Shape:
        """The filters of a list, as far as the address names them.

        Raises:
            NotValid: one has no such value.
        """
        query = self.asked.query
        return shaped(kind, {name: query[name] for name in kind.model_fields if name in query})

    def next_page(self, cursor: str | None) -> str | None:
        """The address of the list's next page, filters kept; None after the last."""
        if cursor is None:
            return None
        return f"?{urlencode({**self.asked.query, 'cursor': cursor})}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: its template and what it tells."""

    template: str
    told: Mapping[str, object] = field(default_factory=dict[str, object])
    status: int = 200


@dataclass(frozen=True, slots=True)
class Gone:
    """On to another page of ours, with a word on what was done."""

    path: str
    done: str | None = None
    then: Callable[[], object] | None = None
    """Called once the answer has left."""

    def address(self, base: str) -> str:
        """Where to, in the set of pages with that base."""
        return f"{base}{self.path}" + (f"?{urlencode({'done': self.done})}" if self.done else "")


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep, made while it goes out."""

    blocks: Iterator[bytes]
    name: str
    form: str
    """csv, xlsx or jsonl."""


Answer = Shown | Gone | File
