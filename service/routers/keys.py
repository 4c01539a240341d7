"""`/v1/admin/keys`: who may call."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from models.api_key import HOUR, KeyCreate, KeyPublic, KeyRotation, KeyWithSecret
from models.page import Page
from service.conditional import render_created
from service.dependencies import AdminReads, AdminWrites, TicketDep
from service.errors import KeyNotFound, KeyReused, KeyRevoked, LastAdminKey, StillRunning
from service.pagination import PageParams
from service.problems import responses
from service.usecases import keys

router = APIRouter(prefix="/v1/admin/keys", tags=["keys"])

AS_USUAL: Final = KeyRotation()


@router.post(
    "",
    status_code=201,
    response_model=KeyWithSecret | KeyPublic,
    summary="新建密钥 · Create a key",
    responses=responses(StillRunning, KeyReused),
)
def create_key(work: AdminWrites, ticket: TicketDep, body: KeyCreate) -> Response:
    """Make a key. Its `secret` is in this answer and nowhere else.

    Sent again with the same `Idempotency-Key` the answer comes without the secret.
    """
    shape = keys.create(work, body, ticket)
    is_replay = not isinstance(shape, KeyWithSecret)
    return render_created(shape, f"/v1/admin/keys/{shape.id}", is_replay=is_replay)


@router.get("", summary="密钥列表 · List keys")
def list_keys(work: AdminReads, page: Annotated[PageParams, Query()]) -> Page[KeyPublic]:
    """All keys, oldest first, revoked ones too; never their secrets."""
    return keys.list_page(work, page)


@router.get("/{key_id}", summary="密钥详情 · Read a key", responses=responses(KeyNotFound))
def read_key(work: AdminReads, key_id: str) -> KeyPublic:
    """One key, without its secret."""
    return keys.read(work, key_id)


@router.post(
    "/{key_id}/rotate",
    summary="更换密钥 · Rotate a key",
    responses=responses(KeyNotFound, KeyRevoked),
)
def rotate_key(work: AdminWrites, key_id: str, body: KeyRotation = AS_USUAL) -> KeyWithSecret:
    """Give a key a new secret, shown this once; what the key registered stays its own.

    The old secret goes on working for `overlap_hours`: 24 unless said otherwise, 0 stops it.
    """
    return keys.rotate(work, key_id, body.overlap_hours * HOUR)


@router.delete(
    "/{key_id}",
    status_code=204,
    summary="吊销密钥 · Revoke a key",
    responses=responses(KeyNotFound, LastAdminKey),
)
def revoke_key(work: AdminWrites, key_id: str) -> None:
    """Stop a key from working, at once and for good. A second call changes nothing."""
    keys.revoke(work, key_id)
