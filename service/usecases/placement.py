"""Where a description belongs: links of the chains and classes of GB/T 4754."""

from collections.abc import Mapping, Sequence
from typing import Final

from matching.codes import IndustryCode
from matching.reference.records import unlisted
from models.placement import (
    IndustryPlacement,
    LinkPlacement,
    PlacementPublic,
    PlacementRequest,
)
from models.sentences import SentencePublic, WarningPublic
from service.descriptions import MOST_LINKS, link_placement
from service.errors import invalid
from service.scorer import Scorer
from service.usecases.reference_checks import check_codes

LEAST_LEAD: Final = 0.05
"""How far the best link must be ahead of the next to be taken without asking."""

TOLD: Final = 5
PRODUCTS: Final = ("body", "products")


def place(scorer: Scorer, asked: PlacementRequest) -> PlacementPublic:
    """The links and classes a description belongs to, best first.

    Raises:
        NotValid: a code is unknown.
    """
    products, given = asked.products or [], asked.industry_codes or []
    check_codes(scorer.reference, {"industry_codes": given})
    codes = [IndustryCode(code.scheme, code.code) for code in given]
    text = asked.text or ""
    links = scorer.placer.links(products, codes, text)
    industries = scorer.placer.industries(products, codes, text)
    return PlacementPublic(
        links=[link_placement(found) for found in links[: asked.limit]],
        gb4754=[
            IndustryPlacement(
                code=found.code,
                name_zh=scorer.reference.gb4754[found.code].name_zh,
                affinity=round(found.affinity * 1000),
                why=SentencePublic(zh=found.why_zh, en=found.why_en),
            )
            for found in industries[: asked.limit]
        ],
    )


def where(scorer: Scorer, products: Sequence[str]) -> list[LinkPlacement]:
    """The links a gap's products belong to, best first."""
    return [link_placement(found) for found in scorer.placer.links(products, ())[:MOST_LINKS]]


def link_for(scorer: Scorer, products: Sequence[str]) -> str:
    """The one link a gap's products belong to: where they fit best, taken together.

    Raises:
        NotValid: no link, or several alike; the message names what was found.
    """
    near = scorer.near(tuple(products))
    fits = fits_of(scorer, products)
    if not fits:
        told = _told(near)
        raise invalid(f"the products lead to no link; send link_id. Nearest: {told}", *PRODUCTS)
    best, lead = max(fits.values()), LEAST_LEAD
    alike = [link for link in near if fits.get(link, 0.0) > best - lead]
    if len(alike) > 1:
        told = _told(alike)
        raise invalid(f"the products fit several links; send one as link_id: {told}", *PRODUCTS)
    return alike[0]


def link_warning(scorer: Scorer, link_id: str, products: Sequence[str]) -> WarningPublic | None:
    """A warning when the products nearly name other links, and none of them the declared one."""
    fits = fits_of(scorer, products)
    if not fits or link_id in fits:
        return None
    links = scorer.reference.links
    nearer = links[max(fits, key=lambda link: fits[link])]
    declared = links.get(link_id) or unlisted(link_id)
    return WarningPublic(
        code="products_elsewhere",
        field="link_id",
        zh=f"所填产品属于环节“{nearer.name_zh}”（{nearer.link_id}），"
        f"与所选环节“{declared.name_zh}”不符，请核对；已按所选环节登记",
        en=f"The products belong at {nearer.name_en} ({nearer.link_id}), not at the declared "
        f"{declared.name_en}: please compare; the link was kept as declared",
    )


def fits_of(scorer: Scorer, products: Sequence[str]) -> Mapping[str, float]:
    """The mean affinity of the products to each link that one of them nearly names."""
    return scorer.fits(tuple(products))


def _told(links: Sequence[str]) -> str:
    return ", ".join(links[:TOLD]) or "none"
