"""Zones (高新区): what is stored, sent and answered."""

from sqlmodel import Field, SQLModel

from matching.vocabulary import Provenance, Region, ZoneTier
from models.base import CreateShape, InputShape, PublicShape, Record, RecordPublic, UpdateShape
from models.columns import JsonOf, enum_column
from models.lists import Several, SeveralOrNull
from models.quantities import Percent, Quantity
from models.readiness import PromotionPath, Readiness
from models.text import ChainId, LongText, Name, ProvinceCode, ShortText, ZoneCode


class ZoneTraits(SQLModel):
    """What a zone may say of itself; null = unknown, never zero."""

    name_en: Name | None = Field(default=None, description="Name in English")
    city_zh: Name | None = Field(default=None, description="City, in Chinese")
    tier: ZoneTier | None = Field(
        default=None,
        sa_type=enum_column(ZoneTier),
        index=True,
        description="national, provincial or other",
    )
    land_available_ha: Quantity | None = Field(default=None, description="Land on offer, hectares")
    energy_cap_tce_per_10k_cny: Quantity | None = Field(
        default=None,
        description="Most energy allowed, tonnes of coal equivalent per 10,000 CNY of output",
    )
    high_end_service_share_pct: Percent | None = Field(
        default=None, description="Share of high-end services in the zone's economy, percent"
    )
    readiness: Readiness | None = Field(
        default=None,
        sa_type=JsonOf(Readiness),
        description="三力: three forces of three dimensions each, 0 to 100",
    )
    promotion_path: PromotionPath | None = Field(
        default=None,
        sa_type=JsonOf(PromotionPath),
        description="全链路: which of the five steps are done",
    )


class ZoneInput(ZoneTraits, InputShape):
    """The part of the body that POST and PATCH share."""

    aliases: SeveralOrNull[ShortText] = Field(default_factory=list, description="Other names")
    leading_chains: SeveralOrNull[ChainId] = Field(
        default_factory=list, description="Chains the zone leads in; empty = unknown"
    )


class ZoneCreate(ZoneInput, CreateShape):
    """The body of `POST /v1/zones`: a code, a name and a province."""

    code: ZoneCode = Field(description="The zone's code, its id from then on")
    name_zh: Name = Field(description="Name in Chinese")
    province_code: ProvinceCode = Field(description="Province, GB/T 2260, two digits")

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "code": "JS-EXAMPLE-01",
                    "name_zh": "示例高新技术产业开发区",
                    "name_en": "Example High-tech Zone",
                    "province_code": "32",
                    "city_zh": "苏州市",
                    "tier": "provincial",
                    "leading_chains": ["ic"],
                    "land_available_ha": 120.0,
                    "promotion_path": {"plan": True, "park": True, "fund": False},
                }
            ]
        }
    }


class ZoneUpdate(ZoneInput, UpdateShape):
    """The body of `PATCH /v1/zones/{id}`; the code stays."""

    name_zh: Name = Field(default=None, description="Name in Chinese")
    province_code: ProvinceCode = Field(default=None, description="Province, GB/T 2260, two digits")


class Zone(ZoneTraits, Record, table=True):
    """A zone as stored: id is its code, the region follows from the province."""

    id: ZoneCode = Field(primary_key=True)
    created_by: str
    name_zh: Name
    province_code: ProvinceCode = Field(index=True)
    region: Region = Field(sa_type=enum_column(Region), index=True)
    aliases: Several[ShortText] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    leading_chains: Several[ChainId] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    provenance: Provenance | None = Field(default=None, sa_type=enum_column(Provenance))
    """Where the row comes from; null = registered by a caller."""
    source_note: LongText | None = Field(default=None)

    @property
    def code(self) -> str:
        """The id under the name it is registered by."""
        return self.id


class ZonePublic(ZoneTraits, RecordPublic):
    """A zone as answered."""

    code: str = Field(description="The same as the id")
    name_zh: str = Field(description="Name in Chinese")
    province_code: str = Field(description="Province, GB/T 2260, two digits")
    region: Region = Field(description="The region of the province: east, central, west, northeast")
    aliases: list[str] = Field(description="Other names")
    leading_chains: list[str] = Field(description="Chains the zone leads in; empty = unknown")
    provenance: Provenance | None = Field(
        description="Where the row comes from; null = registered by a caller"
    )
    source_note: str | None = Field(description="The source in detail")


class ZoneBrief(PublicShape):
    """A zone in an answer about something else."""

    id: str = Field(description="The zone's code")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str | None = Field(description="Its name in English; null = unknown")
    region: Region = Field(description="The region it lies in")
