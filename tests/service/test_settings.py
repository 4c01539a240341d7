"""What the environment may say, and what it must not get away with."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.settings import Settings

NAMES = (
    "DATA_DIR",
    "CACHE_DIR",
    "DATABASE_URL",
    "REDIS_URL",
    "ADMIN_KEY",
    "REFERENCE_DIR",
    "BACKGROUND",
    "RATE_LIMITS",
    "TRUSTED_PROXIES",
    "TWO_ADMINISTRATORS",
    "OIDC_ISSUER",
    "OIDC_AUDIENCE",
    "OIDC_GROUPS_CLAIM",
    "OIDC_ADMIN_GROUP",
    "OIDC_PORTAL_GROUP",
)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(f"BULIAN_{name}", raising=False)


def test_everything_has_a_default() -> None:
    settings = Settings()
    assert settings.engine_url == f"sqlite:///{Path('data').resolve()}/bulian.sqlite3"
    assert settings.redis_address is None
    assert settings.admin_key is None
    assert settings.background
    assert not settings.two_administrators
    assert settings.oidc_issuer is None


def test_only_this_machines_proxy_is_trusted_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().trusted_proxies == "127.0.0.1"
    monkeypatch.setenv("BULIAN_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.7,::1")
    assert Settings().trusted_proxies == "10.0.0.0/8, 192.0.2.7,::1"


@pytest.mark.parametrize("wrong", ["*", "proxy", "10.0.0.1/8", "10.0.0.0/8,", "10.0.0.0/99"])
def test_a_slip_does_not_trust_everyone(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("BULIAN_TRUSTED_PROXIES", wrong)
    with pytest.raises(ValidationError, match="must be addresses or networks"):
        Settings()


@pytest.mark.parametrize(("word", "runs"), [("off", False), ("on", True), ("0", False)])
def test_background_may_be_off(monkeypatch: pytest.MonkeyPatch, word: str, runs: bool) -> None:
    monkeypatch.setenv("BULIAN_BACKGROUND", word)
    assert Settings().background is runs


def test_the_compiled_loop_lies_beside_the_data_unless_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BULIAN_DATA_DIR", str(tmp_path))
    assert Settings().loop_dir == tmp_path / "cache"
    monkeypatch.setenv("BULIAN_CACHE_DIR", "/var/cache/bulian")
    assert Settings().loop_dir == Path("/var/cache/bulian")


def test_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BULIAN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BULIAN_REDIS_URL", "redis://cache:6379/1")
    monkeypatch.setenv("BULIAN_ADMIN_KEY", "")
    settings = Settings()
    assert settings.engine_url == f"sqlite:///{tmp_path}/bulian.sqlite3"
    assert settings.redis_address == "redis://cache:6379/1"
    assert settings.admin_key is None


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("sqlite:////srv/b.sqlite3", "sqlite:////srv/b.sqlite3"),
    ],
)
def test_postgresql_goes_through_psycopg(given: str, used: str) -> None:
    assert Settings.model_validate({"database_url": given}).engine_url == used


@pytest.mark.parametrize(
    "key", ["x" * 31, "x" * 513, "é" * 40, " " + "x" * 40, "x" * 40 + "\n", "x" * 20 + "\x00" * 20]
)
def test_administrators_key_must_be_long_and_fit_a_header(key: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({"admin_key": key})
    assert key not in str(refused.value)


def test_secrets_do_not_show() -> None:
    settings = Settings.model_validate(
        {
            "admin_key": "k" * 32,
            "database_url": "postgresql://u:hush@h/d",
            "redis_url": "redis://:hush@h",
        }
    )
    assert "hush" not in repr(settings)
    assert "k" * 32 not in repr(settings)


def test_a_token_for_metrics_is_long_and_never_shown() -> None:
    token = "token-of-the-scraper"
    made = Settings(metrics_token=token)  # pyright: ignore[reportArgumentType]  # as it comes in
    assert made.metrics_token is not None
    assert made.metrics_token.get_secret_value() == token
    assert token not in repr(made)
    with pytest.raises(ValidationError) as refused:
        Settings(metrics_token="too-short")  # pyright: ignore[reportArgumentType]
    assert "too-short" not in str(refused.value)
