"""Refusals of what is asked of webhooks; each docstring says what to do."""

from service.errors import NotFound, Refused


class WebhookNotFound(NotFound):
    """Look for it with `GET /v1/webhooks`."""

    title = "No such webhook"


class DeliveryNotFound(NotFound):
    """Look for it with `GET /v1/webhooks/{webhook_id}/deliveries`; it is kept for 30 days."""

    title = "No such delivery"


class WebhookNotActive(Refused):
    """Make the webhook active with PATCH first."""

    status, title = 409, "The webhook is disabled or closed"


class TooManyWebhooks(Refused):
    """Close one that you do not need with DELETE."""

    status, title = 409, "You have as many webhooks as one may have"
