"""Every way a request can be refused, on one screen; the first line says what the caller can do."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from models.problem import ProblemError

MOST_TOLD = 3
"""Errors that `detail` tells of; `errors` lists them all."""


class Refused(Exception):  # noqa: N818 - the name is the sentence, house style
    """Read `detail`; the status says whether to change the request or to wait."""

    status: int = 400
    title: str = "The request cannot be served"
    headers: tuple[tuple[str, str], ...] = ()
    members: Mapping[str, str | list[str]] = MappingProxyType({})
    """What the problem document says beside the members that all have."""


class BodyUnreadable(Refused):
    """Send one JSON document in UTF-8."""

    status, title = 400, "The body cannot be read"


class KeyNotAccepted(Refused):
    """Send `Authorization: Bearer <key>` with a key that is in force."""

    status, title = 401, "A valid key is needed"
    headers = (("WWW-Authenticate", 'Bearer realm="bulian"'),)


class ScopeTooNarrow(Refused):
    """Use a key whose scope allows this call."""

    status, title = 403, "This key may not do that"


class NotYours(Refused):
    """Change what your own key registered, or use an administrator's key."""

    status, title = 403, "Registered by another key"


class NotFound(Refused):
    """Look for it in the list first."""

    status, title = 404, "Not found"


class InvestorNotFound(NotFound):
    """Look for it with `GET /v1/investors`."""

    title = "No such investor"


class ZoneNotFound(NotFound):
    """Look for it with `GET /v1/zones`."""

    title = "No such zone"


class GapNotFound(NotFound):
    """Look for it with `GET /v1/gaps`; partners see open gaps only."""

    title = "No such gap"


class ChainNotFound(NotFound):
    """Look for it with `GET /v1/chains`."""

    title = "No such chain"


class PolicyNotFound(NotFound):
    """Look for it with `GET /v1/policies`."""

    title = "No such policy"


class EditionNotFound(NotFound):
    """Look for it with `GET /v1/admin/reference`."""

    title = "No such edition"


class KeyNotFound(NotFound):
    """Look for it with `GET /v1/admin/keys`."""

    title = "No such key"


class PartnerNotFound(NotFound):
    """Look for it with `GET /v1/admin/partners`."""

    title = "No such partner"


class LeadNotFound(NotFound):
    """Look for it with `GET /v1/leads`."""

    title = "No such lead"


class StillRunning(Refused):
    """Try again in a moment with the same Idempotency-Key."""

    status, title = 409, "The first call with this Idempotency-Key is still running"
    headers = (("Retry-After", "1"),)


class AlreadyRegistered(Refused):
    """Change the registered record, or send another code or `external_id`."""

    status, title = 409, "Something else is registered under that code or external_id"


class ZoneExists(AlreadyRegistered):
    """Change the zone with PATCH, or choose another code."""

    title = "A zone with this code is registered"


class AlreadyClosed(Refused):
    """Register it anew; what is closed stays as it was."""

    status, title = 409, "The record is closed"


class LastAdminKey(Refused):
    """Create another administrator's key first."""

    status, title = 409, "This is the last administrator's key"


class PolicyNotDraft(Refused):
    """Draft another policy based on it; what has been activated stays as it was."""

    status, title = 409, "The policy is no draft"


class PolicyNotRuling(Refused):
    """Nothing is to be rolled back: a draft does not rule, and a retired policy no longer does."""

    status, title = 409, "The policy neither rules nor will"


class PolicyPending(Refused):
    """Have another administrator confirm what was asked for, or withdraw it first."""

    status, title = 409, "The policy awaits a second administrator"


class OwnRequest(Refused):
    """Have another administrator make the same call: you asked for it yourself."""

    status, title = 409, "A second administrator must confirm"


class TooFewKnown(Refused):
    """Let zones declare the chains they lead in first: five of one region group at least."""

    status, title = 409, "Too few zones are known"


class EditionNotDraft(Refused):
    """Load it anew; what has been activated or discarded stays as it was."""

    status, title = 409, "The edition is no draft"


class EditionNotRuling(Refused):
    """Nothing is to be rolled back: it does not lie over the reference, or another one hides it."""

    status, title = 409, "The edition neither rules nor will"


class EditionDoesNotFit(Refused):
    """Roll back the edition that `detail` names first, or load one that fits what rules."""

    status, title = 409, "An edition cannot be laid over what would rule"


class LinksInUse(Refused):
    """Move the gaps that `gap_ids` lists to links that stay, or close them; then activate."""

    status, title = 409, "Open gaps use links that the edition lacks"

    def __init__(self, gap_ids: Sequence[str], total: int) -> None:
        super().__init__(f"{total} open gaps are at links that the edition lacks")
        self.members = {"gap_ids": list(gap_ids)}


class KeyRevoked(Refused):
    """Create a new key; a revoked one stays revoked."""

    status, title = 409, "The key is revoked or has expired"


class ReceiptOutdated(Refused):
    """Ask for the match anew; `detail` names what has changed."""

    status, title = 410, "The receipt can no longer be replayed"


class VersionPassed(Refused):
    """Read the record again, then send the change with its new ETag."""

    status, title = 412, "The record has changed since it was read"


class MethodNotAllowed(Refused):
    """Use one of the methods in `Allow`."""

    status, title = 405, "This path does not have that method"

    def __init__(self, allowed: Sequence[str]) -> None:
        methods = ", ".join(allowed)
        super().__init__(f"Use one of: {methods}")
        self.headers = (("Allow", methods),)


class BodyTooLarge(Refused):
    """Send at most 1 MiB; of files to import, what is allowed for them."""

    status, title = 413, "The body is too large"


class NotJson(Refused):
    """Send the body with `Content-Type: application/json`."""

    status, title = 415, "The body is not marked as JSON"


class NotValid(Refused):
    """Correct what `errors` lists."""

    status, title = 422, "The request is not valid"

    def __init__(self, errors: Sequence[ProblemError], more: int = 0) -> None:
        """The errors that are told, and how many are not."""
        places: dict[str, list[str]] = {}
        for error in errors[:MOST_TOLD]:
            places.setdefault(error.msg, []).append(".".join(map(str, error.loc)))
        told = [f"{', '.join(at)}: {msg}" for msg, at in places.items()]
        more += max(len(errors) - MOST_TOLD, 0)
        super().__init__("; ".join([*told, f"and {more:,} more"] if more else told))
        self.errors = tuple(errors)


class TooManyCalls(Refused):
    """Wait for the seconds that `Retry-After` gives; `RateLimit-Policy` says how many may come."""

    status, title = 429, "Too many calls in a minute"

    def __init__(self, seconds: int = 1) -> None:
        super().__init__(f"Too many calls in a minute; wait {seconds} seconds")
        self.headers = (("Retry-After", str(seconds)),)


class KeyReused(Refused):
    """Use a new Idempotency-Key for a new request."""

    status, title = 422, "This Idempotency-Key belongs to another request"


class IssuerAway(Refused):
    """Try again later, or use a key: the issuer of your token does not answer."""

    status, title = 503, "Who issued the token cannot be asked"
    headers = (("Retry-After", "5"),)


class DatabaseAway(Refused):
    """Try again later; nothing was stored."""

    status, title = 503, "The database does not answer"
    headers = (("Retry-After", "2"),)


class Stopping(Refused):
    """Send nobody here any more: this process is about to stop."""

    status, title = 503, "This process is about to stop"
    headers = (("Retry-After", "2"),)


def invalid(msg: str, *loc: str | int) -> NotValid:
    """A refusal for one field or parameter, such as `invalid("is unknown", "body", "zone_id")`."""
    return NotValid([ProblemError(loc=list(loc), msg=msg)])
