from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue, ValidationError
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, create_engine, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError

from matching.vocabulary import Activity, CodeScheme, GapKind, Origin
from models.columns import JsonOf, enum_column
from models.event import Snapshot
from models.industry import IndustryCode
from models.readiness import PromotionPath

CODE = IndustryCode(scheme=CodeScheme.GB4754, code="3985")
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    yield engine
    engine.dispose()


def store(engine: Engine, kind: Any, value: object) -> tuple[Any, Any]:
    """What comes back of a value, and what the database itself holds."""
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("v", kind))
    with engine.begin() as connection:
        table.drop(connection, checkfirst=True)
        table.create(connection)
        connection.execute(table.insert().values(v=value))
        raw = connection.execute(text("SELECT v FROM t")).scalar_one()
        return connection.execute(select(table.c.v)).scalar_one(), raw


@pytest.mark.parametrize(
    ("annotation", "value", "raw"),
    [
        (list[str], [], "[]"),
        (list[str], ["胶"], '["\\u80f6"]'),
        (list[Activity], [Activity.R_AND_D], '["r_and_d"]'),
        (list[IndustryCode], [CODE], '[{"scheme": "gb4754", "code": "3985"}]'),
        (
            PromotionPath,
            PromotionPath(plan=True),
            '{"plan": true, "park": null, "policy": null, "fund": null, "promotion": null}',
        ),
    ],
)
def test_json_comes_back_as_its_type(
    engine: Engine, annotation: Any, value: object, raw: str
) -> None:
    back, held = store(engine, JsonOf(annotation), value)
    assert back == value
    assert type(back) is type(value)
    assert held == raw


def test_enums_in_a_list_come_back_as_enums(engine: Engine) -> None:
    back, _ = store(engine, JsonOf(list[Activity]), ["r_and_d"])
    assert back == [Activity.R_AND_D]
    assert isinstance(back[0], Activity)


def test_what_is_not_of_the_type_is_not_stored(engine: Engine) -> None:
    with pytest.raises(StatementError, match="manufacturing"):
        store(engine, JsonOf(list[Activity]), ["flying"])


def test_nothing_is_null_not_the_word_null(engine: Engine) -> None:
    assert store(engine, JsonOf(Snapshot), None) == (None, None)


def test_a_stored_value_of_another_type_is_not_passed_on(engine: Engine) -> None:
    column = JsonOf(list[Activity])
    with pytest.raises(ValidationError, match="manufacturing"):
        column.process_result_value(["flying"], engine.dialect)


@given(st.dictionaries(st.text(max_size=5), JSON_VALUES))
def test_any_snapshot_comes_back(snapshot: dict[str, JsonValue]) -> None:
    column, dialect = JsonOf(Snapshot), sqlite.dialect()
    stored = column.process_bind_param(snapshot, dialect)
    assert column.process_result_value(stored, dialect) == snapshot


def test_postgresql_stores_binary_json() -> None:
    def compiled(dialect: Any) -> str:
        return JsonOf(list[str]).load_dialect_impl(dialect).compile(dialect=dialect)

    assert compiled(postgresql.dialect()) == "JSONB"
    assert compiled(sqlite.dialect()) == "JSON"


def test_columns_of_one_type_share_their_statements_others_do_not() -> None:
    key = JsonOf(list[str])._static_cache_key  # pyright: ignore[reportPrivateUsage] - what SQLAlchemy caches by
    assert JsonOf(list[str])._static_cache_key == key  # pyright: ignore[reportPrivateUsage] - as above
    assert JsonOf(list[Activity])._static_cache_key != key  # pyright: ignore[reportPrivateUsage] - as above


@pytest.mark.parametrize("member", list(GapKind))
def test_an_enum_is_stored_by_its_value(engine: Engine, member: GapKind) -> None:
    back, held = store(engine, enum_column(GapKind), member)
    assert back is member
    assert held == member.value


def test_a_value_in_place_of_a_member_is_stored_alike(engine: Engine) -> None:
    assert store(engine, enum_column(Origin), "hmt") == (Origin.HMT, "hmt")
    assert store(engine, enum_column(Origin), None) == (None, None)


@pytest.mark.parametrize("value", ["HMT", "alien", ""])
def test_what_is_no_value_of_the_enum_is_not_stored(engine: Engine, value: str) -> None:
    with pytest.raises(StatementError, match="not among the defined enum values"):
        store(engine, enum_column(Origin), value)


def test_an_enum_is_plain_text_to_the_database() -> None:
    assert isinstance(enum_column(Origin), String)
    assert enum_column(Origin).compile(dialect=postgresql.dialect()) == "VARCHAR(40)"
