"""`/v1/admin/reference`: editions of parts of the reference, loaded, tried, activated."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from models.edition import (
    EditionActivation,
    EditionCreate,
    EditionDetail,
    EditionPublic,
    EditionsPublic,
)
from models.edition_changes import DifferencesPublic, EditionPreview, EditionPreviewPublic
from service.conditional import NO_CONDITIONS, render, render_created
from service.dependencies import AdminReads, AdminWrites, Conditions, TicketDep
from service.errors import (
    EditionDoesNotFit,
    EditionNotDraft,
    EditionNotFound,
    EditionNotRuling,
    KeyReused,
    LinksInUse,
    StillRunning,
    TooFewKnown,
    VersionPassed,
)
from service.pagination import PageParams
from service.problems import responses
from service.usecases import edition_life, edition_preview, editions, landscapes

router = APIRouter(prefix="/v1/admin/reference", tags=["administration"])


@router.post(
    "",
    status_code=201,
    response_model=EditionDetail,
    summary="载入参考数据新版本 · Load an edition",
    responses=responses(StillRunning, KeyReused),
)
def load_edition(work: AdminWrites, ticket: TicketDep, body: EditionCreate) -> Response:
    """Load links of a chain, keywords, the encouraged catalogue or a landscape, as a draft.

    A draft moves no placement and no ranking until it is activated. Every row that cannot be laid
    over what rules is named.
    """
    made = edition_life.load(work, body, ticket)
    shape = editions.read(work, made.id)
    return render_created(shape, f"/v1/admin/reference/{made.id}", is_replay=made.is_replay)


@router.post(
    "/landscape",
    status_code=201,
    response_model=EditionPublic,
    summary="生成产业布局快照 · Make a landscape",
    responses=responses(StillRunning, KeyReused, TooFewKnown),
)
def make_landscape(work: AdminWrites, ticket: TicketDep) -> Response:
    """Count who holds and who seeks each link now, by region group, as a draft edition.

    Rankings read how crowded a link is from the landscape that was activated last, never from the
    live pool. Region groups with fewer than five known zones are left out: there nothing is said.
    """
    made = landscapes.make(work, ticket)
    shape = editions.read_head(work, made.id)
    return render_created(shape, f"/v1/admin/reference/{made.id}", is_replay=made.is_replay)


@router.get("", summary="参考数据各版本 · List editions")
def list_editions(work: AdminReads, page: Annotated[PageParams, Query()]) -> EditionsPublic:
    """The built-in tables and the loaded editions side by side, and what rules today."""
    return editions.list_page(work, page)


@router.get(
    "/{edition_id}",
    response_model=EditionDetail,
    summary="参考数据版本详情 · Read an edition",
    responses=responses(EditionNotFound),
)
def read_edition(work: AdminReads, conditions: Conditions, edition_id: str) -> Response:
    """One loaded edition with its rows, a draft or not."""
    return render(editions.read(work, edition_id), conditions)


@router.get(
    "/{edition_id}/differences",
    summary="与现行版本的差异 · Compare an edition with what rules",
    responses=responses(EditionNotFound, EditionDoesNotFit),
)
def compare_edition(work: AdminReads, edition_id: str) -> DifferencesPublic:
    """The rows that an edition adds, removes and changes, field by field."""
    return editions.compare(work, edition_id)


@router.post(
    "/{edition_id}/preview",
    summary="试算参考数据版本 · Preview an edition",
    responses=responses(EditionNotFound, EditionDoesNotFit),
)
def preview_edition(
    work: AdminReads, edition_id: str, body: EditionPreview
) -> EditionPreviewPublic:
    """What would change today: investors placed elsewhere, rankings with other first places.

    All active investors are placed anew; of rankings a sample is compared. Nothing is stored.
    """
    return edition_preview.preview(work, edition_id, body)


@router.post(
    "/{edition_id}/activate",
    response_model=EditionPublic,
    summary="启用参考数据版本 · Activate an edition",
    responses=responses(EditionNotFound, EditionNotDraft, EditionDoesNotFit, LinksInUse),
)
def activate_edition(work: AdminWrites, edition_id: str, body: EditionActivation) -> Response:
    """Let a draft rule from a day on, in the next answer of every process.

    Refused while open gaps are at links that would go. Rankings asked `as_of` an earlier day keep
    their reference.
    """
    return render(edition_life.activate(work, edition_id, body), NO_CONDITIONS)


@router.post(
    "/{edition_id}/rollback",
    response_model=EditionPublic,
    summary="回退参考数据版本 · Roll an edition back",
    responses=responses(EditionNotFound, EditionNotRuling, EditionDoesNotFit),
)
def roll_edition_back(work: AdminWrites, edition_id: str) -> Response:
    """Let an edition rule no more from today on: what lay below it rules again, byte for byte."""
    return render(edition_life.roll_back(work, edition_id), NO_CONDITIONS)


@router.delete(
    "/{edition_id}",
    status_code=204,
    summary="弃用参考数据草案 · Discard a draft",
    responses=responses(EditionNotFound, EditionNotDraft, VersionPassed),
)
def discard_edition(work: AdminWrites, conditions: Conditions, edition_id: str) -> None:
    """Discard a draft; it stays readable and can be activated no more."""
    edition_life.discard(work, edition_id, conditions)
