"""Codes in a body that must exist in the reference; all that do not are told at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from matching.codes import resolve
from matching.reference.loader import Reference
from models.industry import IndustryCode
from models.problem import ProblemError
from service.errors import NotValid

Place = Sequence[str | int]


def check_codes(
    reference: Reference, fields: Mapping[str, object], where: Place = ("body",)
) -> None:
    """Nothing when every industry code, province, chain and link among the fields is known.

    Args:
        reference: what is known.
        fields: fields of a body by name; those that hold no such code are passed over.
        where: the place of the body in the request.

    Raises:
        NotValid: with one error for each unknown code.
    """
    errors = [
        *_industry_errors(reference, fields.get("industry_codes")),
        *_unknown(
            reference.provinces, fields, ("province_code", "preferred_provinces", "territories")
        ),
        *_unknown(reference.chains, fields, ("leading_chains",)),
        *_unknown(reference.links, fields, ("link_id", "link_ids")),
    ]
    if errors:
        raise NotValid([ProblemError(loc=[*where, *e.loc], msg=e.msg) for e in errors])


def _industry_errors(reference: Reference, codes: object) -> Iterator[ProblemError]:
    for place, code in enumerate(_items(codes)):
        if isinstance(code, IndustryCode) and not resolve(reference, code.scheme, code.code).found:
            loc: list[str | int] = ["industry_codes", place, "code"]
            yield ProblemError(loc=loc, msg=f"is no code of {code.scheme} that is known here")


def _unknown(
    known: Mapping[str, object], fields: Mapping[str, object], names: Sequence[str]
) -> Iterator[ProblemError]:
    for name in names:
        value = fields.get(name)
        if value is None:
            continue
        if isinstance(value, str) and value not in known:
            yield ProblemError(loc=[name], msg="is not in the reference")
        for place, item in enumerate(_items(value)):
            if item not in known:
                yield ProblemError(loc=[name, place], msg="is not in the reference")


def _items(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []
