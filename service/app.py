"""The application, made from settings; nothing is made at import."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Final

from fastapi import APIRouter, Depends, FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig

from service import problems
from service.background import Background, chores_of, own_chores
from service.dependencies import check_query
from service.draining import Drain
from service.edge import MOST_BYTES, Edge
from service.handbook import Handbook
from service.lane import Lane
from service.openapi import describe
from service.pages.mounting import mount_pages
from service.routers import (
    admin_exports,
    admin_imports,
    admin_jobs,
    admin_policies,
    admin_reference,
    allocations,
    caching,
    diagnosis,
    docs,
    enterprises,
    events,
    gaps,
    insights,
    investors,
    keys,
    leads,
    matches,
    operation,
    partners,
    policies,
    reference,
    webhooks,
    zones,
)
from service.runtime import Runtime, assemble
from service.scorer import Scorer
from service.settings import Settings
from service.telemetry import tracing

NO_TELEMETRY: Final[TelemetryConfig] = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}
"""Of the framework's own, whose spans hold paths and queries as they were sent: see `tracing`."""

STOP_SECONDS: Final = 15.0
"""Longer than a message to a webhook may take."""

API = (
    matches,
    allocations,
    investors,
    gaps,
    zones,
    enterprises,
    diagnosis,
    insights,
    reference,
    policies,
    admin_policies,
    admin_reference,
    admin_exports,
    admin_imports,
    admin_jobs,
    webhooks,
    leads,
    partners,
    keys,
    events,
    caching,
    operation,
)


def create_app(settings: Settings, scorer: Scorer | None = None) -> FastAPI:
    """An application over the database that the settings name, which must have been set up.

    Args:
        settings: where everything is.
        scorer: one to share with other applications of this process; else one is made.
    """
    app = build(assemble(settings, scorer), background=settings.background)
    app.state.drain = Drain(settings.drain_seconds)
    return app


def build(runtime: Runtime, *, background: bool = False) -> FastAPI:
    """An application over parts that exist already.

    Args:
        runtime: the parts.
        background: whether it also delivers webhooks and tidies up while it is served.
    """
    app = contract()
    app.state.runtime = runtime
    chores = chores_of if background else own_chores
    app.state.background = Background(chores(runtime))
    return app


def contract() -> FastAPI:
    """The application without a database behind it: good for its OpenAPI document only."""
    app = FastAPI(
        title="Bulian 补链",
        version=version("bulian"),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        lifespan=from_start_to_end,
        telemetry=NO_TELEMETRY,
    )
    app.add_middleware(Edge)
    app.add_middleware(Lane)
    problems.install(app)
    api = APIRouter(dependencies=[Depends(check_query)], max_body_size=MOST_BYTES)
    for module in API:
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(docs.router)
    describe(app)
    mount_pages(app)
    app.state.handbook = Handbook()
    app.state.background = None
    app.state.drain = Drain()
    return app


def operation_id(route: APIRoute) -> str:
    """The name of the function, which is unique and says what it does."""
    return route.name


@asynccontextmanager
async def from_start_to_end(app: FastAPI) -> AsyncGenerator[None]:
    """Work in the background while served; give back the connections when the server stops."""
    background: Background | None = app.state.background
    if background is not None:
        background.start()
    with app.state.drain.listening():
        yield
    if background is not None:
        await run_in_threadpool(background.stop, STOP_SECONDS)
    app.state.runtime.close()
    await run_in_threadpool(tracing.flush)
