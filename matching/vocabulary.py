"""The words of the field, one enum a word; values are what is stored and what travels."""

from enum import StrEnum


class Region(StrEnum):
    """四大板块, the four regions of the National Bureau of Statistics."""

    EAST = "east"
    CENTRAL = "central"
    WEST = "west"
    NORTHEAST = "northeast"


class RegionGroup(StrEnum):
    """东部、中西部, the two groups of the article; the northeast, not named there, stands apart."""

    EAST = "east"
    CENTRAL_WEST = "central_west"
    NORTHEAST = "northeast"


class GapKind(StrEnum):
    """弱链 (a link to strengthen) or 缺链 (a link to fill)."""

    WEAK = "weak"
    MISSING = "missing"


class GapStatus(StrEnum):
    """Whether a gap still looks for investors."""

    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"


class Origin(StrEnum):
    """外资、港澳台资、内资; hmt counts as foreign under the FDI rules."""

    FOREIGN = "foreign"
    HMT = "hmt"
    DOMESTIC = "domestic"


class Segment(StrEnum):
    """上游、中游、下游."""

    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"


class ZoneTier(StrEnum):
    """国家级、省级、其他."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    OTHER = "other"


class Activity(StrEnum):
    """业务活动: what the investor would do in the zone."""

    MANUFACTURING = "manufacturing"
    R_AND_D = "r_and_d"
    HEADQUARTERS = "headquarters"
    MARKETING = "marketing"
    LOGISTICS = "logistics"
    SERVICES = "services"
    RECYCLING = "recycling"


class SmartManufacturing(StrEnum):
    """智造六化."""

    AUTOMATION = "automation"
    STANDARDISATION = "standardisation"
    LEAN = "lean"
    FLEXIBLE = "flexible"
    DIGITAL = "digital"
    INTELLIGENT = "intelligent"


class CodeScheme(StrEnum):
    """Industry classifications an investor's codes may come from."""

    GB4754 = "gb4754"
    ISIC4 = "isic4"
    NACE2 = "nace2"
    NACE21 = "nace21"
    NAICS2017 = "naics2017"
    NAICS2022 = "naics2022"
    UKSIC2007 = "uksic2007"
    KSIC10 = "ksic10"
    JSIC13 = "jsic13"
    SSIC2020 = "ssic2020"
    NIC2008 = "nic2008"


class Honour(StrEnum):
    """链主、专精特新小巨人、制造业单项冠军、上市公司、高新技术企业."""

    CHAIN_LEADER = "chain_leader"
    LITTLE_GIANT = "little_giant"
    SINGLE_CHAMPION = "single_champion"
    LISTED = "listed"
    HIGH_TECH = "high_tech"


class LinkStatus(StrEnum):
    """强链、稳链、弱链、缺链: how a link stands in a zone."""

    STRONG = "strong"
    STEADY = "steady"
    WEAK = "weak"
    MISSING = "missing"


class GapType(StrEnum):
    """补链、强链、延链、建链、固链: what is to be done about a link."""

    FILL = "fill"
    STRENGTHEN = "strengthen"
    EXTEND = "extend"
    BUILD = "build"
    SECURE = "secure"


class PlacedBy(StrEnum):
    """更正、申报、文字、代码: what an enterprise's place in a chain rests on."""

    CORRECTION = "correction"
    DECLARATION = "declaration"
    WORDS = "words"
    CODES = "codes"


class EnterpriseSize(StrEnum):
    """大型、中型、小型、微型."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


class Scope(StrEnum):
    """What an API key may do; admin includes portal, partner stands apart."""

    ADMIN = "admin"
    PORTAL = "portal"
    PARTNER = "partner"


class LeadStatus(StrEnum):
    """线索状态: where a partner's lead stands, from submission to landing or to another end."""

    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    ACCEPTED = "accepted"
    NEGOTIATING = "negotiating"
    SIGNED = "signed"
    LANDED = "landed"
    REJECTED = "rejected"
    RETURNED = "returned"
    EXPIRED = "expired"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Pillar(StrEnum):
    """融入国家大战略、匹配产业大空间、提升投资大价值: the three groups of an explanation."""

    STRATEGY = "strategy"
    SPACE = "space"
    VALUE = "value"


class Verdict(StrEnum):
    """What a gate says of a pair that it does not simply let pass."""

    BLOCKED = "blocked"
    CONDITIONAL = "conditional"
    CHECK = "check"


class Kind(StrEnum):
    """产业属性: the kinds that regional policy favours."""

    ECOLOGICAL_MANUFACTURING = "ecological_manufacturing"
    HIGH_END_SERVICES = "high_end_services"
    STRATEGIC_EMERGING = "strategic_emerging"
    TECHNOLOGY_INTENSIVE = "technology_intensive"
    CAPITAL_INTENSIVE = "capital_intensive"
    SERVICES = "services"
    LABOUR_INTENSIVE = "labour_intensive"


class Provenance(StrEnum):
    """Where a reference row comes from and how far it may be relied on."""

    SEED_ARTICLE = "seed_article"
    OFFICIAL_TEXT = "official_text"
    PUBLIC_LISTING = "public_listing"
    DERIVED = "derived"
    EXPERT_DRAFT = "expert_draft"
    MEMORY_UNVERIFIED = "memory_unverified"


class EditionKind(StrEnum):
    """环节、关键词、鼓励目录、产业布局: parts of the reference with editions of their own."""

    LINKS = "links"
    KEYWORDS = "keywords"
    ENCOURAGED = "encouraged"
    LANDSCAPE = "landscape"


class EditionTable(StrEnum):
    """环节、上下游关系、鼓励目录条目、产业布局: the tables in which two editions are compared."""

    LINKS = "links"
    EDGES = "edges"
    ENCOURAGED = "encouraged"
    LANDSCAPE = "landscape"


class EditionChange(StrEnum):
    """新增、删除、修改: what becomes of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Reason(StrEnum):
    """Why an investor or a gap has nobody in an allocation."""

    STANDING = "standing"
    NOTHING_NEAR = "nothing_near"
    BLOCKED = "blocked"
    CAP = "cap"
    OUTRANKED = "outranked"
    TOTAL = "total"
