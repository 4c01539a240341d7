"""Keys: who may call."""

from typing import Final

from models.api_key import HOUR, KeyCreate, KeyRotation
from service.filters import KeyFilter
from service.pages.admin.section import Section, reads, writes
from service.pages.asked import china_moment, shaped, whole
from service.pages.desk import Answer, Desk, Gone
from service.pages.tickets import ticket_of
from service.pagination import MOST, PageParams
from service.usecases import keys, naming, partners

FIELDS: Final = ("scope", "name", "partner_id")


class Keys(Section):
    """密钥."""

    name = "keys"
    path = "/keys"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """The keys, and the form that makes one."""
        wanted = desk.wanted(KeyFilter)
        page = keys.list_page(desk, desk.page, wanted)
        every = partners.list_page(desk, PageParams(limit=MOST)).items
        return self.show(
            "keys",
            rows=page.items,
            following=desk.next_page(page.next_cursor),
            wanted=wanted,
            partners=[partner for partner in every if partner.closed_at is None],
            names=naming.called(desk, [row.partner_id for row in page.items]),
        )

    @writes()
    def make(self, desk: Desk) -> Answer:
        """Make a key and show its secret, this once; the same form again shows none."""
        asked = desk.asked
        said = {name: asked.said(name) for name in FIELDS}
        body = shaped(KeyCreate, {**said, "expires_at": china_moment(asked, "expires_at")})
        made = keys.create(desk, body, ticket_of(asked))
        return self.show("key_made", key=made, secret=getattr(made, "secret", None))

    @reads("/{id}")
    def one(self, desk: Desk) -> Answer:
        """One key."""
        key = keys.read(desk, desk.id)
        names = naming.called(desk, [key.partner_id])
        return self.show("key", key=key, is_own=key.id == desk.caller.key_id, names=names)

    @writes("/{id}/rotate")
    def rotate(self, desk: Desk) -> Answer:
        """Give a key a new secret and show it, this once."""
        said = desk.asked.said("overlap_hours")
        hours = whole(said, "is no whole number of hours", "body", "overlap_hours")
        body = shaped(KeyRotation, {"overlap_hours": hours})
        made = keys.rotate(desk, desk.id, body.overlap_hours * HOUR)
        return self.show("key_made", key=made, secret=made.secret)

    @writes("/{id}/revoke")
    def revoke(self, desk: Desk) -> Answer:
        """Stop a key from working."""
        keys.revoke(desk, desk.id)
        return Gone(f"/keys/{desk.id}", "revoked")
