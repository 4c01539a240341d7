"""What an edition changes: row by row, and in placements and rankings."""

from sqlmodel import Field

from matching.vocabulary import EditionChange, EditionTable
from models.base import InputShape, PublicShape
from models.quantities import Whole

MOST_SAMPLED = 100
MOST_TOP = 20


class FieldChangePublic(PublicShape):
    """A field of a row before and after."""

    field: str = Field(description="The column")
    before: list[str] = Field(description="Its parts as it rules; one part where it is no list")
    after: list[str] = Field(description="Its parts with the edition")


class DifferencePublic(PublicShape):
    """A row that comes, goes or changes."""

    table: EditionTable = Field(description="links, edges, encouraged or landscape")
    key: str = Field(
        description="The link; of an edge `supplier > customer`; of items the link and the "
        "province, `all` for national ones; of the landscape the link and the region group"
    )
    change: EditionChange = Field(description="added, removed or changed")
    fields: list[FieldChangePublic] = Field(description="What differs in a changed row")


class DifferencesPublic(PublicShape):
    """The rows in which an edition differs from what rules without it."""

    edition_id: str = Field(description="The edition")
    before: str = Field(description="Digest of the reference without it, sha256:…")
    after: str = Field(description="Digest of the reference with it, sha256:…")
    total: int = Field(description="How many rows differ")
    items: list[DifferencePublic] = Field(description="The first 1,000 of them, table by table")


class EditionPreview(InputShape):
    """The body of `POST /v1/admin/reference/{edition_id}/preview`; all may be left out."""

    top: Whole = Field(
        default=5, ge=1, le=MOST_TOP, description="How many places of each ranking are compared"
    )
    sample: Whole = Field(
        default=20,
        ge=0,
        le=MOST_SAMPLED,
        description="How many investors and how many gaps are ranked for it, the newest first",
    )


class MovedInvestor(PublicShape):
    """An investor that would be placed elsewhere."""

    investor_id: str = Field(description="The investor")
    name: str = Field(description="Its name")
    before: list[str] = Field(description="The links it is placed at, best first, at most five")
    after: list[str] = Field(description="The same with the edition")


class MovedRanking(PublicShape):
    """A ranking whose first places would change."""

    subject: str = Field(description="investor or gap: whose ranking it is")
    id: str = Field(description="Its id")
    before: list[str] = Field(description="Ids in the first places as it rules, best first")
    after: list[str] = Field(description="The same with the edition")


class MovedCriterion(PublicShape):
    """A criterion that gives some pairs other points; all points are basis points."""

    criterion: str = Field(description="Its key")
    pairs: int = Field(description="Pairs whose points change")
    least: int = Field(description="The smallest change, points after less points before")
    most: int = Field(description="The largest change")
    total: int = Field(description="All changes together")


class EditionPreviewPublic(PublicShape):
    """What an edition would change today; of each list the first 20."""

    edition_id: str = Field(description="The edition")
    before: str = Field(description="Ruleset without it, sha256:…")
    after: str = Field(description="Ruleset with it, sha256:…")
    rows_changed: int = Field(description="Rows of the reference that differ")
    investors: int = Field(description="Active investors, all of which were placed anew")
    investors_moved: int = Field(description="Those placed at other links or in another order")
    moved: list[MovedInvestor] = Field(description="The first of them")
    rankings: int = Field(description="Rankings of the sample")
    rankings_changed: int = Field(description="Those whose first places hold others")
    changed: list[MovedRanking] = Field(description="The first of them")
    pairs: int = Field(
        description="Pairs of investor and gap in these first places, before or after"
    )
    criteria: list[MovedCriterion] = Field(
        description="The criteria by which their points change; every other one gives the same"
    )
    gaps_without_link: int = Field(
        description="Open gaps whose link the edition lacks: it cannot be activated over them"
    )
    gap_ids: list[str] = Field(description="The first of them")
