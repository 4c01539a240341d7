"""For servers: `uvicorn --factory service.asgi:create`."""

import os

from fastapi import FastAPI

from service.app import create_app
from service.settings import Settings
from service.telemetry.starting import observe


def create() -> FastAPI:
    """The application as the environment describes it."""
    observe(os.environ)
    return create_app(Settings())
