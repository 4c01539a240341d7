"""What is shipped is found by name, or missed by it."""

import pytest

from service.shipped import shipped


@pytest.mark.parametrize(
    "name", ["deploy/migrations/env.py", "deploy/demo/zones.jsonl", "docs/openapi.json"]
)
def test_what_is_shipped_is_found(name: str) -> None:
    assert shipped(name).is_file()


def test_what_is_not_shipped_is_missed_by_name() -> None:
    with pytest.raises(FileNotFoundError, match="deploy/nothing"):
        shipped("deploy/nothing")
