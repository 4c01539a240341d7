"""What the state favours at a link: strategic emerging industries and encouraged items."""

from math import nan

from matching.codes import resolve
from matching.facts import InvestorFacts
from matching.reference.loader import Reference
from matching.reference.records import Coverage, Link
from matching.vocabulary import CodeScheme

RELATED = 0.5
BY_DIVISION = 0.6
"""An item of the industry division, none that plainly covers the link."""


def of_link(link: Link, reference: Reference) -> float:
    """1 where the link is of a strategic emerging industry, .5 where it is related, else 0."""
    coverages = [relation.coverage for relation in reference.sei_by_link.get(link.link_id, ())]
    if Coverage.FULL in coverages:
        return 1.0
    return RELATED if coverages else 0.0


def fields_of_codes(facts: InvestorFacts, reference: Reference) -> tuple[str, ...]:
    """The emerging industries that the investor's own GB/T 4754 classes are related to."""
    classes = [
        share.code
        for scheme, code in facts.industry_codes
        if scheme is CodeScheme.GB4754
        for share in resolve(reference, scheme, code).gb
    ]
    fields = [field for code in classes for field in reference.sei_by_gb.get(code, ())]
    return tuple(dict.fromkeys(fields))


def encouraged(link: Link, province_code: str, reference: Reference) -> float:
    """1 for an item that covers the link here, .6 for one of its division, 0 for none.

    NaN when no item is known and the catalogue's text is not loaded: then nothing can be said.
    """
    regional = reference.encouraged_by_link.get(link.link_id, {}).get(province_code, ())
    if link.encouraged_items or regional:
        return 1.0
    if reference.texts is None or not reference.texts.divisions:
        return nan
    divisions = {code[:2] for code in link.gb4754_codes}
    return BY_DIVISION if divisions & reference.texts.divisions else 0.0
