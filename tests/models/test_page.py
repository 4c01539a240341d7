import pytest

from models.page import Page
from models.zone import ZoneBrief
from tests.models.bodies import complaints

ZONE = {"id": "ZONE-1", "name_zh": "示例高新区", "name_en": None, "region": "east"}


@pytest.mark.parametrize("cursor", ["abc", None])
def test_a_page_holds_items_and_a_cursor(cursor: str | None) -> None:
    page = Page[ZoneBrief].model_validate({"items": [ZONE], "next_cursor": cursor})
    assert page.model_dump(mode="json") == {"items": [ZONE], "next_cursor": cursor}


def test_both_are_always_there() -> None:
    assert complaints(Page[ZoneBrief], {}) == [
        ("items", "Field required"),
        ("next_cursor", "Field required"),
    ]
    schema = Page[ZoneBrief].model_json_schema(mode="serialization")
    assert schema["required"] == ["items", "next_cursor"]
