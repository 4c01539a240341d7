"""For servers: `uvicorn --factory service.asgi:create`."""

from fastapi import FastAPI

from service import logs
from service.app import create_app
from service.settings import Settings


def create() -> FastAPI:
    """The application as the environment describes it."""
    logs.configure()
    return create_app(Settings())
