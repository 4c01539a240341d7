"""Refusals that only pages know; each docstring says what to do."""

from service.errors import Refused


class FormRefused(Refused):
    """Load the page again and fill in its form there; nothing was changed."""

    status, title = 403, "The form was not sent by a page of this session"


class SignInSlowed(Refused):
    """Wait as long as `Retry-After` says, then sign in again."""

    status, title = 429, "Too many failed sign-ins from here"

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds
        self.headers = (("Retry-After", str(seconds)),)


class PagesNotInstalled(Refused):
    """Install `bulian[admin]` and start again; the API is complete without the pages."""

    status, title = 501, "The administrators' pages are not installed"
