"""`/v1/insights`: reports over all zones; and the links that lie near to one zone."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from models.convergence import ConvergencePublic, ConvergenceQuery
from models.exposure import ExposurePublic, ExposureQuery
from models.relatedness import RelatedPublic, RelatedQuery
from service import finished
from service.dependencies import PortalReads
from service.errors import ZoneNotFound
from service.finished import Asked
from service.problems import responses
from service.usecases import convergence, exposure, relatedness

router = APIRouter(prefix="/v1", tags=["insight"])


@router.get(
    "/insights/convergence",
    summary="主导产业趋同 · Convergence of zones",
    response_model=ConvergencePublic,
)
def read_convergence(
    work: PortalReads, query: Annotated[ConvergenceQuery, Query()], asked: Asked
) -> Response:
    """Who holds and who seeks each link, by region; what is scarce; which zones are alike.

    Counted in the records as they are now. Rankings read crowding from the landscape that is in
    force (`crowding_in_force`), so that no candidate moves another.
    """
    return finished.answer(work, asked, partial(convergence.report, work, query))


@router.get(
    "/insights/exposure",
    summary="曝光分布 · Exposure in rankings",
    response_model=ExposurePublic,
)
def read_exposure(
    work: PortalReads, query: Annotated[ExposureQuery, Query()], asked: Asked
) -> Response:
    """How often zones, provinces, regions and origins stand among the first of all rankings.

    Computed from every investor's ranking under the policy asked for; reading a ranking is not
    counted. Of large pools a sample is ranked, which `scope` tells.
    """
    return finished.answer(work, asked, partial(exposure.report, work, query))


@router.get(
    "/zones/{zone_id}/related-links",
    summary="相近环节 · Links near to a zone",
    response_model=RelatedPublic,
    responses=responses(ZoneNotFound),
)
def list_related_links(
    work: PortalReads,
    zone_id: Annotated[str, Path(description="The zone's code")],
    query: Annotated[RelatedQuery, Query()],
    asked: Asked,
) -> Response:
    """Links the zone lacks, the nearest to what it can do first: gaps that may be worth opening."""
    return finished.answer(work, asked, partial(relatedness.related_links, work, zone_id, query))
