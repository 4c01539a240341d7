"""What the environment says of people who sign in."""

from importlib.util import find_spec
from typing import Annotated, Any, Final

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

from service.people.addresses import is_safe

LIBRARY: Final = "joserfc"
"""Of the extra `oidc`."""


class PeopleSettings(BaseSettings):
    """The issuer whose tokens are taken, and what they allow; without an issuer nobody signs in."""

    oidc_issuer: Annotated[
        str | None,
        Field(description="Address of the issuer (OpenID Connect), https; absent = keys only"),
    ] = None
    oidc_audience: Annotated[
        str | None, Field(description="What tokens must be made for", validate_default=True)
    ] = None
    oidc_groups_claim: Annotated[
        str, Field(description="Claim of a person's groups; a dot leads into an object")
    ] = "groups"
    oidc_admin_group: Annotated[
        str | None, Field(description="Group whose people are administrators")
    ] = None
    oidc_portal_group: Annotated[
        str | None,
        Field(description="Group whose people do what a portal does", validate_default=True),
    ] = None

    oidc_client_id: Annotated[
        str | None,
        Field(description="Our name with the issuer; set = people sign in on the pages as well"),
    ] = None
    oidc_client_secret: Annotated[
        SecretStr | None, Field(description="Secret of that name, where the issuer asks for one")
    ] = None
    public_url: Annotated[
        str | None,
        Field(
            description="Address of this service for browsers, such as https://bulian.example",
            validate_default=True,
        ),
    ] = None

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, value: str | None, info: ValidationInfo) -> str | None:
        """An address people can come back to; without an issuer there is nowhere to send them."""
        if value is not None and not is_safe(value):
            raise ValueError("must be an https address (http only on this machine)")
        if info.data.get("oidc_client_id") is not None:
            if value is None:
                raise ValueError("is needed where BULIAN_OIDC_CLIENT_ID is set")
            if not _has_issuer(info.data):
                raise ValueError("BULIAN_OIDC_CLIENT_ID needs BULIAN_OIDC_ISSUER")
        return value if value is None else value.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _check_issuer(cls, value: str | None) -> str | None:
        """An address to be trusted, and the library that reads tokens."""
        if value is None:
            return None
        if not is_safe(value):
            raise ValueError("must be an https address (http only on this machine)")
        if find_spec(LIBRARY) is None:
            raise ValueError("needs the extra oidc: pip install 'joserfc>=1.8'")
        return value

    @field_validator("oidc_audience")
    @classmethod
    def _check_audience(cls, value: str | None, info: ValidationInfo) -> str | None:
        """With an issuer, an audience: else a token made for another service would do."""
        if value is None and _has_issuer(info.data):
            raise ValueError("is needed where BULIAN_OIDC_ISSUER is set")
        return value

    @field_validator("oidc_portal_group")
    @classmethod
    def _check_groups(cls, value: str | None, info: ValidationInfo) -> str | None:
        """With an issuer, a group at least: else signing in would be good for nothing."""
        if value is None and _has_issuer(info.data) and not info.data.get("oidc_admin_group"):
            raise ValueError("or BULIAN_OIDC_ADMIN_GROUP is needed where BULIAN_OIDC_ISSUER is set")
        return value


def _has_issuer(known: dict[str, Any]) -> bool:
    return known.get("oidc_issuer") is not None
