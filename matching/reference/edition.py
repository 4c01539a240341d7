"""Another edition of a part of the reference, as an administrator loads it: typed rows.

It is laid over a reference (`laying.lay`), which stays as it was. The links of a chain, the
encouraged catalogue and the landscape are whole lists that take the place of the old one; keywords
are laid over the links they name, and the other links keep theirs.
"""

import hashlib
import json
from dataclasses import asdict, dataclass

from matching.reference.crowding import LandscapeEdition
from matching.reference.records import TableNote
from matching.vocabulary import EditionKind, Provenance, Segment


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link of a chain; `customers` are the links of the chain that it supplies."""

    link_id: str
    name_zh: str
    name_en: str
    segment: Segment
    keywords_zh: tuple[str, ...]
    keywords_en: tuple[str, ...]
    tech_barrier: int
    is_core: bool
    gb4754_codes: tuple[str, ...] = ()
    confusable_with: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    provenance: Provenance = Provenance.EXPERT_DRAFT


@dataclass(frozen=True, slots=True)
class KeywordRow:
    """All keywords of a link, in place of those it has."""

    link_id: str
    keywords_zh: tuple[str, ...]
    keywords_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Items of the encouraged catalogue that may cover a link; no province: national items."""

    link_id: str
    item_nos: tuple[str, ...]
    province_code: str | None = None


@dataclass(frozen=True, slots=True)
class LinksEdition:
    """All links of one chain, in reading order, with the edges between them."""

    chain_id: str
    note: TableNote
    rows: tuple[LinkRow, ...]

    @property
    def name(self) -> str:
        """What the reference calls it among its editions."""
        return f"{EditionKind.LINKS}.{self.chain_id}"


@dataclass(frozen=True, slots=True)
class KeywordsEdition:
    """Keywords of some links, of any chains."""

    note: TableNote
    rows: tuple[KeywordRow, ...]

    @property
    def name(self) -> str:
        """What the reference calls it among its editions."""
        return EditionKind.KEYWORDS


@dataclass(frozen=True, slots=True)
class EncouragedEdition:
    """Every item of the catalogue that may cover a link, national and regional."""

    note: TableNote
    rows: tuple[ItemRow, ...]

    @property
    def name(self) -> str:
        """What the reference calls it among its editions."""
        return EditionKind.ENCOURAGED


Edition = LinksEdition | KeywordsEdition | EncouragedEdition | LandscapeEdition


def digest_of(edition: Edition) -> str:
    """What an edition says, under one digest: "sha256:…"; the same rows have the same one."""
    said = json.dumps([edition.name, asdict(edition)], sort_keys=True, ensure_ascii=False)
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"
