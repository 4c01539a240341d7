"""Headers in both languages, however typed; every column leads to a field that is there."""

from typing import Any, get_args

import pytest
from pydantic import BaseModel

from matching.vocabulary import EditionKind
from models.edition import EditionRow
from models.enterprise import EnterpriseCreate
from models.gap import GapCreate
from models.import_task import RecordKind
from models.investor import InvestorCreate
from models.zone import ZoneCreate
from service import edition_rows
from service.errors import NotValid
from service.imports.columns import LINE, REASONS, columns_of, fields_for, words

SHAPES: dict[RecordKind, type[BaseModel]] = {
    RecordKind.INVESTORS: InvestorCreate,
    RecordKind.GAPS: GapCreate,
    RecordKind.ZONES: ZoneCreate,
    RecordKind.ENTERPRISES: EnterpriseCreate,
}
BESIDE = {
    RecordKind.ENTERPRISES: {"zone_id"},
    RecordKind.GAPS: {"id"},
    RecordKind.INVESTORS: {"id"},
}


def leaves(shape: type[BaseModel], before: str = "") -> set[str]:
    """The fields of a shape, those of objects in it by their dotted names."""
    found: set[str] = set()
    for name, field in shape.model_fields.items():
        inner = [one for one in get_args(field.annotation) if is_shape(one)]
        found |= leaves(inner[0], f"{before}{name}.") if inner else {before + name}
    return found


def is_shape(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


@pytest.mark.parametrize("kind", [kind for kind in EditionKind if kind in set(RecordKind)])
def test_every_column_of_an_edition_has_its_header(kind: EditionKind) -> None:
    fields = [column.field for column in columns_of(RecordKind(kind))]
    assert fields == list(edition_rows.columns_of(kind))
    assert set(fields) <= leaves(EditionRow)


@pytest.mark.parametrize("kind", list(SHAPES))
def test_every_field_of_a_body_has_its_column(kind: RecordKind) -> None:
    fields = [column.field for column in columns_of(kind)]
    assert set(fields) == leaves(SHAPES[kind]) | BESIDE.get(kind, set())
    assert len(fields) == len(set(fields))


@pytest.mark.parametrize("kind", list(RecordKind))
def test_no_header_means_two_things(kind: RecordKind) -> None:
    names = [name for column in columns_of(kind) for name in column.names]
    assert len(names) == len(set(names))
    assert len(set(words())) == len(words())


@pytest.mark.parametrize(
    "header",
    [
        "zone_id",
        "Zone ID",
        "ZONE-ID",
        "高新区代码",
        " 园区代码 ",
        "高新区代码（必填）",
        "ｚｏｎｅ＿ｉｄ",
    ],
)
def test_headers_are_known_however_they_are_typed(header: str) -> None:
    assert fields_for(RecordKind.GAPS, [header], {}) == ["zone_id"]


def test_a_mapping_goes_before_what_a_header_says() -> None:
    headers = ["kind", "Ort", "Notiz", LINE, REASONS]
    mapping = {"Ort": "zone_id", "Notiz": None}
    assert fields_for(RecordKind.GAPS, headers, mapping) == ["kind", "zone_id", None, None, None]


@pytest.mark.parametrize(
    ("headers", "mapping", "words"),
    [
        (["kind", "Ort"], {}, "column 2: no header of gaps"),
        (["kind", "缺口类型"], {}, "two columns stand for kind"),
        (["kind"], {"kind": None}, "no column is left"),
        (["kind"], {"kind": "created_by"}, "goes to no field"),
        (["kind"], {"other": "kind"}, "is no header"),
    ],
)
def test_headers_that_lead_nowhere_are_refused(
    headers: list[str], mapping: dict[str, str | None], words: str
) -> None:
    with pytest.raises(NotValid, match=words):
        fields_for(RecordKind.GAPS, headers, mapping)
