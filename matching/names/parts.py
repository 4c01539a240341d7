"""A company name taken apart."""

from dataclasses import dataclass
from enum import StrEnum

from matching.names.words import Form, Role


class Script(StrEnum):
    """How a name is written."""

    HAN = "han"
    """With Chinese characters."""
    LATIN = "latin"
    """With Latin letters, after Cyrillic and Greek ones are put into them."""
    OTHER = "other"
    """With other letters, or with none that can be read."""


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name: its text as folded, the stem it is compared by, and what it says."""

    text: str
    stem: str
    role: Role
    places: frozenset[str] = frozenset()
    """The places a word of place may mean."""


@dataclass(frozen=True, slots=True, eq=False)
class CompanyName:
    """A name in parts; two names of equal `folded` are the same name."""

    folded: str
    script: Script
    parts: tuple[Part, ...]
    """In order, without the legal form; of a Chinese name without the places too."""
    places: tuple[frozenset[str], ...]
    """Each stated place as what it may mean."""
    form: Form | None
    brand: str | None
    """The known brand it begins with, whatever the script."""
    is_branch: bool
    """Whether it names a branch of a company, not the company."""
    core: str
    """字号: the first core part, "" where there is none (北京银行)."""
    letters: str = ""
    """The parts in one, for comparing character by character."""
    weights: tuple[float, ...] = ()
    """How much each of the letters says, 0-1."""

    @property
    def trades(self) -> tuple[str, ...]:
        """行业: the words of business, as folded."""
        return tuple(part.text for part in self.parts if part.role in (Role.TRADE, Role.BROAD))

    @property
    def is_full(self) -> bool:
        """Whether it ends in a legal form, as a registered name does and a brand does not."""
        return self.form is not None and self.form.kind not in ("any", "share")
