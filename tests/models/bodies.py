"""Valid bodies, by name of the shape, with overrides; and what a shape says of a bad one."""

from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from models.gap import Gap, GapCreate
from models.investor import Investor, InvestorCreate


def an_investor(**fields: Any) -> dict[str, Any]:
    return {"name": "Example K.K.", "country": "JP", "products": ["photoresist"], **fields}


def a_gap(**fields: Any) -> dict[str, Any]:
    return {"zone_id": "CNHTZ-3205", "kind": "missing", "link_id": "ic.photoresist", **fields}


def a_zone(**fields: Any) -> dict[str, Any]:
    return {"code": "ZONE-1", "name_zh": "示例高新区", "province_code": "32", **fields}


def an_enterprise(**fields: Any) -> dict[str, Any]:
    return {"name": "示例公司", "external_id": "E-1", "products": ["光刻胶"], **fields}


def a_key(**fields: Any) -> dict[str, Any]:
    return {"scope": "portal", "name": "Portal", **fields}


def an_investor_row(**fields: Any) -> Investor:
    create = InvestorCreate.model_validate(an_investor(**fields))
    return Investor.model_validate(create, update={"number": 1, "created_by": "key_1"})


def a_gap_row(*, number: int = 1, is_placed: bool = False, **fields: Any) -> Gap:
    create = GapCreate.model_validate(a_gap(**fields))
    placed = {"link_id": create.link_id or "ic.photoresist", "chain_id": "ic"}
    known = {"number": number, "created_by": "key_1", "is_placed": is_placed}
    return Gap.model_validate(create, update={**placed, **known})


def without(body: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != field}


def accept(kind: Any, value: object) -> Any:
    return TypeAdapter[Any](kind).validate_python(value)


def refuse(kind: Any, value: object) -> str:
    """The messages of a refusal; fails when the value is accepted."""
    with pytest.raises(ValidationError) as refusal:
        accept(kind, value)
    return "; ".join(error["msg"] for error in refusal.value.errors(include_input=False))


def complaints(shape: type[BaseModel], body: object) -> list[tuple[str, str]]:
    """Where and what a shape finds wrong with a body, as (`field.field`, message)."""
    with pytest.raises(ValidationError) as refusal:
        shape.model_validate(body)
    return [
        (".".join(str(part) for part in error["loc"]), error["msg"])
        for error in refusal.value.errors(include_input=False)
    ]
