"""What holds of every shape: descriptions, required answers, refusals, runnable examples."""

import doctest
import importlib
import inspect
import pkgutil
from typing import Any

import pytest
from pydantic import BaseModel

import models
from models.base import CreateShape, InputShape, PublicShape, UpdateShape
from models.columns import JsonOf
from models.tables import TABLES

MODULES = [
    importlib.import_module(f"models.{module.name}")
    for module in pkgutil.iter_modules(models.__path__)
]
SHAPES = sorted(
    {
        shape
        for module in MODULES
        for _, shape in inspect.getmembers(module, inspect.isclass)
        if issubclass(shape, BaseModel) and shape.__module__.startswith("models.")
    },
    key=lambda shape: shape.__qualname__,
)
SENT = [shape for shape in SHAPES if issubclass(shape, InputShape)]
ANSWERED = [shape for shape in SHAPES if issubclass(shape, PublicShape)]
CREATED = [shape for shape in SENT if issubclass(shape, CreateShape) and shape is not CreateShape]
UPDATED = [shape for shape in SENT if issubclass(shape, UpdateShape) and shape is not UpdateShape]
UNITS = {
    "_cny": ("CNY",),
    "_ha": ("hectares",),
    "_tce": ("coal equivalent",),
    "_tco2e": ("CO2 equivalent",),
    "_pct": ("percent",),
}


def fields_of(shape: type[BaseModel]) -> dict[str, str]:
    return {name: field.description or "" for name, field in shape.model_fields.items()}


def test_there_are_shapes_to_look_at() -> None:
    assert {"InvestorCreate", "GapCreate", "ZoneCreate", "KeyCreate", "EnterpriseCreate"} <= {
        shape.__name__ for shape in CREATED
    }
    assert {"WebhookCreate", "PartnerCreate"} <= {shape.__name__ for shape in CREATED}
    assert {
        "InvestorUpdate",
        "GapUpdate",
        "ZoneUpdate",
        "PartnerUpdate",
        "PolicyUpdate",
        "WebhookUpdate",
    } == {shape.__name__ for shape in UPDATED}
    assert len(ANSWERED) > 30


@pytest.mark.parametrize("shape", [*SENT, *ANSWERED])
def test_every_field_has_a_description(shape: type[BaseModel]) -> None:
    assert [name for name, description in fields_of(shape).items() if not description] == []


@pytest.mark.parametrize("shape", [*SENT, *ANSWERED])
def test_a_description_names_the_unit(shape: type[BaseModel]) -> None:
    missing = [
        name
        for name, description in fields_of(shape).items()
        for ending, words in UNITS.items()
        if name.endswith(ending) and not any(word in description for word in words)
    ]
    assert missing == []


@pytest.mark.parametrize("shape", SENT)
def test_unknown_fields_are_refused(shape: type[BaseModel]) -> None:
    assert shape.model_json_schema()["additionalProperties"] is False


@pytest.mark.parametrize("shape", ANSWERED)
def test_every_field_of_an_answer_is_required(shape: type[BaseModel]) -> None:
    schema = shape.model_json_schema(mode="serialization")
    assert schema.get("required", []) == list(schema.get("properties", {}))
    assert not any("default" in field for field in schema.get("properties", {}).values())


@pytest.mark.parametrize("shape", CREATED)
def test_a_create_shape_has_examples_it_accepts(shape: type[BaseModel]) -> None:
    examples: list[dict[str, Any]] = shape.model_json_schema()["examples"]
    assert examples
    for example in examples:
        assert shape.model_validate(example).model_fields_set >= set(example)


@pytest.mark.parametrize("shape", UPDATED)
def test_an_update_needs_nothing_and_says_no_defaults(shape: type[BaseModel]) -> None:
    schema = shape.model_json_schema()
    assert "required" not in schema
    assert "examples" not in schema
    assert not any("default" in field for field in schema["properties"].values())
    assert shape.model_validate({}).model_fields_set == set()


@pytest.mark.parametrize("update", UPDATED)
def test_everything_that_is_registered_can_be_changed_but_what_it_is(
    update: type[BaseModel],
) -> None:
    create = next(s for s in CREATED if s.__name__ == update.__name__.replace("Update", "Create"))
    assert set(create.model_fields) - set(update.model_fields) <= {"code", "based_on"}


@pytest.mark.parametrize("table", TABLES)
def test_amounts_fit_their_columns(table: Any) -> None:
    narrow = {
        column.name
        for column in table.__table__.columns
        if column.name.endswith("_cny") and column.type.__class__.__name__ != "BigInteger"
    }
    assert narrow - {"energy_cap_tce_per_10k_cny"} == set()


@pytest.mark.parametrize("table", TABLES)
def test_lists_are_json_and_never_null(table: Any) -> None:
    for name, field in table.model_fields.items():
        if str(field.annotation).startswith("list["):
            column = table.__table__.columns[name]
            assert isinstance(column.type, JsonOf)
            assert not column.nullable


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_docstrings_run(module: Any) -> None:
    assert doctest.testmod(module).failed == 0
