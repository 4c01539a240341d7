"""曝光: whom the first places of rankings show, as answered."""

from datetime import date

from pydantic import Field as Bounds
from sqlmodel import Field

from matching.vocabulary import Origin, Region
from models.base import PublicShape
from models.ranking_query import PolicyQuery
from models.relatedness import ZoneNamed

MOST_TOP = 50


class ExposureQuery(PolicyQuery):
    """Whose first places are counted."""

    top: int = Bounds(
        default=10, ge=1, le=MOST_TOP, description="How many first places of a ranking count"
    )


class ExposureRow(PublicShape):
    """How often one is shown. Shares in basis points."""

    places: int = Field(description="First places it has")
    share: int = Field(description="Of all places; they add up to 10,000 where there is any")
    due: int = Field(description="Its share of all open gaps (of an origin: of all investors)")


class ZoneExposure(ExposureRow):
    """A zone with open gaps."""

    zone: ZoneNamed = Field(description="The zone")
    region: Region = Field(description="Its region")
    gaps: int = Field(description="Open gaps it has")


class RegionExposure(ExposureRow):
    """A region."""

    region: Region = Field(description="east, central, west or northeast")
    gaps: int = Field(description="Open gaps of its zones")


class ProvinceExposure(ExposureRow):
    """A province with open gaps."""

    province_code: str = Field(description="GB/T 2260, two digits")
    gaps: int = Field(description="Open gaps of its zones")


class OriginExposure(ExposureRow):
    """Investors of one origin, and where their first places lead."""

    origin: Origin = Field(description="foreign, hmt or domestic")
    investors: int = Field(description="Investors of that origin whose rankings were counted")
    by_region: dict[str, int] = Field(description="Their first places by region of the zone")


class Unevenness(PublicShape):
    """How unevenly first places are spread over those that have open gaps."""

    gini: int | None = Field(description="Gini's coefficient, thousandths; null = no place at all")
    gini_per_gap: int | None = Field(description="The same of places per open gap")
    never_shown: int = Field(description="How many have open gaps and no place")
    share_of_first: int = Field(description="Share of the most shown one, basis points")
    share_of_first_5: int = Field(description="Share of the five most shown ones")
    share_of_first_10: int = Field(description="Share of the ten most shown ones")


class ExposureScope(PublicShape):
    """What was counted."""

    investors: int = Field(description="Rankings that were counted")
    of: int = Field(description="Investors that look for a match")
    is_whole: bool = Field(description="Whether all of them were counted")
    pairs: int = Field(description="Pairs that were scored for it")
    rule: str = Field(description="How those counted were chosen, for programs")
    zh: str = Field(description="The same in Chinese")
    en: str = Field(description="The same in English")


class ExposurePublic(PublicShape):
    """曝光: how often the first places of the investors' rankings show whom."""

    policy: dict[str, str | int] = Field(description="id and version of the policy")
    ruleset: str = Field(description="Digest of all that can change a score, sha256:…")
    event: int = Field(description="The number of the last event that is counted in")
    day: date = Field(description="The day on which gaps are open, China's calendar")
    top: int = Field(description="How many first places of each ranking count")
    scope: ExposureScope = Field(description="What was counted")
    gaps: int = Field(description="Open gaps")
    places: int = Field(description="First places counted; a ranking may have fewer than `top`")
    by_zone: Unevenness = Field(description="The spread over zones with open gaps")
    by_province: Unevenness = Field(description="The spread over provinces with open gaps")
    regions: list[RegionExposure] = Field(description="All four, the most shown first")
    provinces: list[ProvinceExposure] = Field(description="The most shown first")
    origins: list[OriginExposure] = Field(description="All three, the most shown first")
    zones: list[ZoneExposure] = Field(description="The most shown first, then by code")
