"""What makes a form that is sent twice recognisable."""

from hashlib import sha256

from service.pages.asked import Asked
from service.usecases.replays import Ticket

LONGEST = 255


def ticket_of(asked: Asked) -> Ticket | None:
    """The ticket of one filling-in of a form; None for a form that has none."""
    once = asked.said("once")
    if once is None:
        return None
    digest = sha256(repr(sorted(asked.form.items())).encode()).hexdigest()
    return Ticket(once[:LONGEST], "POST", asked.path, digest)
