"""What a router asks for: which parameters are known, and how many may wait."""

import anyio.to_thread
from fastapi import APIRouter
from fastapi.routing import APIRoute, iter_route_contexts

from service import database
from service.app import contract
from service.dependencies import declared


def route(name: str) -> APIRoute:
    for context in iter_route_contexts(contract().routes):
        if context.name == name and isinstance(context.original_route, APIRoute):
            return context.original_route
    raise LookupError(name)


def test_parameters_of_models_and_dependencies_are_known() -> None:
    expected = {"q", "country", "origin", "external_id", "limit", "cursor"}
    assert declared(route("list_investors").dependant) == expected
    assert declared(route("read_investor").dependant) == set()
    assert {"limit", "min_score", "policy_id"} <= declared(route("list_gap_matches").dependant)


def test_plain_parameters_are_known_by_their_alias() -> None:
    router = APIRouter()

    @router.get("/")
    def look(plain: int, other: str = "") -> None:
        """Nothing."""

    (found,) = router.routes
    assert isinstance(found, APIRoute)
    assert declared(found.dependant) == {"plain", "other"}


def test_who_waits_for_a_session_leaves_threads_to_who_has_one() -> None:
    async def threads() -> float:
        return anyio.to_thread.current_default_thread_limiter().total_tokens

    assert anyio.run(threads) > database.READERS + database.WRITERS
