"""Refusals of what is asked of a zone's diagnosis; each docstring says what to do."""

from service.errors import NotFound


class LinkNotFound(NotFound):
    """Look for it with `GET /v1/chains/{chain_id}`."""

    title = "No such link"


class EnterpriseNotFound(NotFound):
    """Look for it with `GET /v1/zones/{zone_id}/enterprises`."""

    title = "No such enterprise in the zone"
