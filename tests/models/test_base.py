from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError
from sqlmodel import Field, SQLModel

from models.base import (
    CreateShape,
    FieldsDisagree,
    InputShape,
    PublicShape,
    Record,
    RecordPublic,
    UpdateShape,
    leave_out_defaults,
    utc_now,
)
from models.quantities import Grade
from tests.models.bodies import complaints


class Traits(SQLModel):
    size: Grade | None = Field(default=None, description="Its size")
    tags: list[str] = Field(default_factory=list, description="Its tags")


class Change(Traits, UpdateShape):
    name: str = Field(default=None, description="Its name")


class Answer(Traits, PublicShape):
    name: str = Field(default="x", description="Its name")


class Narrower(Answer):
    size: Grade | None = Field(default=3, description="Its size")


def test_the_clock_gives_the_time_with_its_zone() -> None:
    now = utc_now()
    assert now.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)


@pytest.mark.parametrize("shape", [InputShape, CreateShape, UpdateShape, Change])
def test_unknown_fields_are_refused(shape: type[InputShape]) -> None:
    assert complaints(shape, {"colour": "red"}) == [("colour", "Extra inputs are not permitted")]


@pytest.mark.parametrize("body", [None, [], "x", 3, True])
def test_a_body_is_an_object(body: object) -> None:
    assert len(complaints(Change, body)) == 1


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ({}, {}),
        ({"size": 0}, {"size": 0}),
        ({"size": None}, {"size": None}),
        ({"tags": [], "name": "n"}, {"tags": [], "name": "n"}),
    ],
)
def test_a_patch_changes_only_what_was_sent(
    body: dict[str, object], changes: dict[str, object]
) -> None:
    assert Change.model_validate(body).changes() == changes
    assert Change.model_validate(body).sent == set(changes)


def test_a_required_field_cannot_be_cleared() -> None:
    assert complaints(Change, {"name": None}) == [("name", "Input should be a valid string")]


def test_the_schema_of_a_patch_has_no_defaults_and_requires_nothing() -> None:
    schema = Change.model_json_schema()
    assert "required" not in schema
    assert [name for name, field in schema["properties"].items() if "default" in field] == []
    assert schema["properties"]["name"]["type"] == "string"


def test_a_schema_without_fields_stays_as_it_is() -> None:
    schema = {"type": "object"}
    leave_out_defaults(schema)
    assert schema == {"type": "object"}


@pytest.mark.parametrize("shape", [Answer, Narrower])
def test_an_answer_has_every_field(shape: type[Answer]) -> None:
    schema = shape.model_json_schema(mode="serialization")
    assert sorted(schema["required"]) == ["name", "size", "tags"]
    assert all("default" not in field for field in schema["properties"].values())
    with pytest.raises(ValidationError) as refusal:
        shape.model_validate({"name": "n"})
    assert [error["type"] for error in refusal.value.errors()] == ["missing", "missing"]


def test_an_answer_is_made_from_a_record_and_what_is_added() -> None:
    answer = Answer.model_validate(Traits(size=3), update={"name": "n"})
    assert answer.model_dump() == {"size": 3, "tags": [], "name": "n"}


def test_the_shape_an_answer_is_built_from_keeps_its_defaults() -> None:
    assert Traits().size is None
    assert Change().tags == []


def test_a_record_begins_at_version_one_now() -> None:
    record = Record()
    assert record.version == 1
    assert utc_now() - record.created_at < timedelta(minutes=1)


def test_timestamps_are_answered_in_utc_with_a_z() -> None:
    at = datetime(2030, 1, 1, 8, tzinfo=UTC)
    answer = RecordPublic(id="inv_1", version=1, created_at=at, updated_at=at)
    assert '"created_at":"2030-01-01T08:00:00Z"' in answer.model_dump_json()


def test_a_timestamp_without_a_zone_is_refused() -> None:
    naive = datetime(2030, 1, 1)  # noqa: DTZ001 - the very thing that is refused
    with pytest.raises(ValidationError, match="timezone"):
        RecordPublic(id="inv_1", version=1, created_at=naive, updated_at=naive)


def test_fields_that_disagree_are_named_for_programs_and_people() -> None:
    refusal = FieldsDisagree(("a", "b"), "a must not be above b")
    assert refusal.fields == ("a", "b")
    assert str(refusal) == "a must not be above b"
