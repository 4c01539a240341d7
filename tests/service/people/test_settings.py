"""What must be said together, and what is said when it is not."""

from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from service import cli
from service.people import settings as people_settings
from service.people.entrance import tokens_of
from service.settings import Settings

GOOD = {
    "oidc_issuer": "https://sign-in.example",
    "oidc_audience": "bulian",
    "oidc_admin_group": "admins",
}


def test_without_an_issuer_nobody_signs_in(tmp_path: Path) -> None:
    assert tokens_of(Settings(data_dir=tmp_path), b"") is None


def test_a_group_of_either_kind_is_enough() -> None:
    assert Settings.model_validate(GOOD).oidc_groups_claim == "groups"
    portal = {**GOOD, "oidc_admin_group": None, "oidc_portal_group": "portals"}
    assert Settings.model_validate(portal).oidc_portal_group == "portals"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("oidc_issuer", "http://sign-in.example", "must be an https address"),
        ("oidc_audience", None, "is needed where BULIAN_OIDC_ISSUER is set"),
        ("oidc_admin_group", None, "or BULIAN_OIDC_ADMIN_GROUP is needed"),
    ],
)
def test_what_is_missing_is_named(field: str, value: str | None, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Settings.model_validate({**GOOD, field: value})


def test_without_the_extra_the_start_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(name: str) -> ModuleSpec | None:
        assert name == "joserfc"

    monkeypatch.setattr(people_settings, "find_spec", found)
    for name, value in GOOD.items():
        monkeypatch.setenv(f"BULIAN_{name.upper()}", value)
    done = CliRunner().invoke(cli.main, ["serve"])
    assert done.exit_code == 1
    assert (
        done.output
        == "BULIAN_OIDC_ISSUER: Value error, needs the extra oidc: pip install 'joserfc>=1.8'\n"
    )
