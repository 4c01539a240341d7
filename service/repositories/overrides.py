"""What officers say of a zone's links and firms."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.override import LinkOverride, PlacementCorrection


def of_links(session: Session, zone_id: str) -> Sequence[LinkOverride]:
    """The statuses officers set in a zone, in the order of the links."""
    statement = select(LinkOverride).where(LinkOverride.zone_id == zone_id)
    return session.exec(statement.order_by(col(LinkOverride.link_id))).all()


def find_of_link(session: Session, zone_id: str, link_id: str) -> LinkOverride | None:
    """The status an officer set at one link."""
    return session.get(LinkOverride, (zone_id, link_id))


def of_firms(session: Session, zone_id: str) -> Sequence[PlacementCorrection]:
    """The links officers gave firms of a zone, in the order of the firms."""
    statement = select(PlacementCorrection).where(PlacementCorrection.zone_id == zone_id)
    return session.exec(statement.order_by(col(PlacementCorrection.external_id))).all()


def find_of_firm(session: Session, zone_id: str, external_id: str) -> PlacementCorrection | None:
    """The links an officer gave one firm."""
    return session.get(PlacementCorrection, (zone_id, external_id))
