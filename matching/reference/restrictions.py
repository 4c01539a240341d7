"""What a negative list holds: items, what they do to foreign capital, and who is excepted where."""

from dataclasses import dataclass
from enum import StrEnum

from matching.vocabulary import Origin, Provenance


class CodeMapping(StrEnum):
    """How well a negative-list item's codes fit: derived closely, or approximate (wider)."""

    DERIVED = "derived"
    APPROXIMATE = "approximate"


class Measure(StrEnum):
    """禁止投资 or 股权等限制: what a negative-list item does to foreign capital."""

    PROHIBITED = "prohibited"
    EQUITY = "equity"


@dataclass(frozen=True, slots=True)
class NegativeException:
    """Where, and for whom, a negative-list item is opened or eased; no countries means any."""

    item_no: int
    provinces: tuple[str, ...]
    origins: tuple[Origin, ...]
    countries: tuple[str, ...]
    name_zh: str
    name_en: str
    description_zh: str
    description_en: str
    source: str
    provenance: Provenance

    def covers(self, province_code: str, origin: Origin, country: str) -> bool:
        """Whether it holds for an investor of that origin and country in the province."""
        is_theirs = origin in self.origins and (not self.countries or country in self.countries)
        return is_theirs and province_code in self.provinces


@dataclass(frozen=True, slots=True)
class NegativeItem:
    """An item of the 2024 negative list: codes and words together mean it, a code alone never.

    One of `gb4754_codes` alone is a reason to look; one of `wide_codes` (2761 is mostly not
    gene therapy) is none, it counts only together with a word.
    `unless_zh` and `unless_en` are phrases to cut out of a text before its words are looked for
    (非转基因 holds 转基因). Shares are whole percent; None where the item sets none.
    """

    edition: str
    item_no: int
    section: str
    industry_zh: str
    field_zh: str
    field_en: str
    gb4754_codes: tuple[str, ...]
    wide_codes: tuple[str, ...]
    code_mapping: CodeMapping
    measure: Measure
    measure_kind: tuple[str, ...]
    cn_min_share_pct: int | None
    foreign_max_share_pct: int | None
    requirement: tuple[str, ...]
    words_zh: tuple[str, ...]
    words_en: tuple[str, ...]
    unless_zh: tuple[str, ...]
    unless_en: tuple[str, ...]
    description_zh: str
    description_en: str
    note: str | None
    exceptions: tuple[NegativeException, ...]
    provenance: Provenance
    source_note: str | None
