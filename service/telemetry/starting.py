"""What a process does before anything else, so that what follows can be seen."""

from collections.abc import Mapping

from service import logs
from service.telemetry import tracing


def observe(environment: Mapping[str, str]) -> None:
    """Write the log in our form, and make traces where the environment says where to send them."""
    logs.configure()
    tracing.configure(environment)
