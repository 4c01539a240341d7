"""What the environment says of this installation: read once and handed on."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from service.people.settings import PeopleSettings
from service.rate_limits import USUAL_LIMITS, RateLimits, read_rate_limits

SHORTEST_ADMIN_KEY = 32
LONGEST_KEY = 512
SHORTEST_METRICS_TOKEN = 16


class Settings(PeopleSettings):
    """The settings of one installation; every one has a default that works on a single machine.

    Environment variables have the prefix `BULIAN_`, so `data_dir` is `BULIAN_DATA_DIR`. An empty
    variable counts as absent.
    """

    model_config = SettingsConfigDict(
        env_prefix="BULIAN_", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    data_dir: Annotated[Path, Field(description="Folder of the embedded database")] = Path("data")
    cache_dir: Annotated[
        Path | None,
        Field(description="Folder of machine code, kept between starts; absent = in data_dir"),
    ] = None
    database_url: Annotated[
        SecretStr | None, Field(description="PostgreSQL or SQLite; absent = the embedded database")
    ] = None
    redis_url: Annotated[
        SecretStr | None, Field(description="Redis or Valkey; absent = cache in process only")
    ] = None
    admin_key: Annotated[
        SecretStr | None,
        Field(description="The administrator's key at first start, 32 characters or more"),
    ] = None
    reference_dir: Annotated[
        Path | None, Field(description="Folder of texts that are loaded at run time")
    ] = None
    import_mb: Annotated[
        int, Field(ge=1, le=2000, description="Largest file that may be imported, MiB")
    ] = 200
    metrics_token: Annotated[
        SecretStr | None,
        Field(description="With this bearer token other machines may read /metrics"),
    ] = None
    metrics_dir: Annotated[
        Path | None,
        Field(description="Where the processes of one server show each other their metrics"),
    ] = None
    background: Annotated[
        bool, Field(description="off = this process only answers, others do the rest")
    ] = True
    trusted_proxies: Annotated[
        str,
        Field(description="Addresses or networks of proxies whose word on the caller is taken"),
    ] = "127.0.0.1"
    drain_seconds: Annotated[
        float,
        Field(ge=0, le=600, description="How long to go on answering after SIGTERM, unready"),
    ] = 0.0
    rate_limits: Annotated[
        RateLimits,
        NoDecode,
        Field(description="Calls a minute, such as portal=60000,partner=6000; others as usual"),
    ] = USUAL_LIMITS

    @field_validator("rate_limits", mode="before")
    @classmethod
    def _read_rate_limits(cls, value: object) -> object:
        """Read from the environment they are text."""
        return read_rate_limits(value) if isinstance(value, str) else value

    two_administrators: Annotated[
        bool,
        Field(description="on = policies rule and are rolled back when two administrators ask"),
    ] = False

    @field_validator("metrics_token")
    @classmethod
    def _check_metrics_token(cls, value: SecretStr | None) -> SecretStr | None:
        """Long enough not to be guessed."""
        if value is not None and len(value.get_secret_value()) < SHORTEST_METRICS_TOKEN:
            raise ValueError(f"must have {SHORTEST_METRICS_TOKEN} characters or more")
        return value

    @field_validator("admin_key")
    @classmethod
    def _check_admin_key(cls, value: SecretStr | None) -> SecretStr | None:
        """A key that can travel in a header and is too long to be guessed."""
        if value is None:
            return None
        secret = value.get_secret_value()
        if not SHORTEST_ADMIN_KEY <= len(secret) <= LONGEST_KEY:
            raise ValueError(f"must have {SHORTEST_ADMIN_KEY} to {LONGEST_KEY} characters")
        if not (secret.isascii() and secret.isprintable()) or secret != secret.strip():
            raise ValueError("must be printable ASCII without spaces at its ends")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _check_trusted_proxies(cls, value: str) -> str:
        """Each an address or a network, so that a slip does not trust everyone."""
        for one in value.split(","):
            try:
                ip_network(one.strip())
            except ValueError:
                raise ValueError("must be addresses or networks, such as 10.0.0.0/8") from None
        return value

    @property
    def engine_url(self) -> str:
        """The address of the database for SQLAlchemy; PostgreSQL goes through psycopg 3.

        >>> Settings(database_url="postgresql://db/bulian").engine_url
        'postgresql+psycopg://db/bulian'
        >>> Settings(data_dir="/srv/bulian", database_url=None).engine_url
        'sqlite:////srv/bulian/bulian.sqlite3'
        """
        if self.database_url is None:
            return f"sqlite:///{self.data_dir.resolve() / 'bulian.sqlite3'}"
        scheme, separator, rest = self.database_url.get_secret_value().partition("://")
        if scheme in {"postgres", "postgresql"}:
            scheme = "postgresql+psycopg"
        return f"{scheme}{separator}{rest}"

    @property
    def loop_dir(self) -> Path:
        """Where the compiled loop is kept; what lies there is run, so only we may write to it.

        >>> Settings(data_dir="/srv/bulian", cache_dir=None).loop_dir
        PosixPath('/srv/bulian/cache')
        """
        return self.data_dir / "cache" if self.cache_dir is None else self.cache_dir

    @property
    def redis_address(self) -> str | None:
        """The address of Redis, or None where the cache stays in process."""
        return None if self.redis_url is None else self.redis_url.get_secret_value()
