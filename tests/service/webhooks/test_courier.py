"""Deliveries from end to end: signed, in order, at least once, until they are through."""

from sqlmodel import Session, select

from models.event import Event
from models.webhook import WebhookProgress
from service.webhooks.backoff import DELAYS
from tests.factories import an_investor, register
from tests.service.webhooks.receiver import Reply
from tests.service.webhooks.station import MovedClock, Station, tick, verified, work_off

BROKEN = Reply(503)


def test_events_come_signed_in_order_and_thin(station: Station) -> None:
    station.gaps()
    path = station.hook()
    gaps = station.gaps(3)
    station.portal.patch(f"/v1/gaps/{gaps[0]}", json={"severity": 10})
    station.portal.delete(f"/v1/gaps/{gaps[1]}")
    work_off(station.courier)
    assert station.told(path) == [*gaps, gaps[0], gaps[1]], "and nothing from before it was made"
    told = [verified(one, station.secrets[path]) for one in station.came]
    assert [one["type"] for one in told] == [*["gap.created"] * 3, "gap.updated", "gap.closed"]
    assert [set(one) for one in told] == [{"type", "timestamp", "data"}] * 5
    assert told[4]["data"] == {
        "subject": {"type": "gap", "id": gaps[1], "version": 2},
        "status": "closed",
    }
    with Session(station.engine) as session:
        known = {event.id for event in session.exec(select(Event))}
    assert len(set(station.receiver.event_ids)) == 5
    assert set(station.receiver.event_ids) <= known


def test_only_what_was_chosen_comes(station: Station) -> None:
    path = station.hook(actions=["investor.created"])
    station.gaps(2)
    investor = register(station.portal, "investors", an_investor())["id"]
    station.gaps(2)
    work_off(station.courier)
    assert station.told(path) == [investor]
    assert tick(station.courier) == 0
    with Session(station.engine) as session:
        progress = session.exec(select(WebhookProgress)).one()
        numbers = session.exec(select(Event.number)).all()
    assert progress.position == max(numbers), "what does not concern it is passed over"
    assert (progress.leased_by, progress.lease_until) == (None, None)


def test_a_receiver_down_for_two_days_gets_everything_once_it_is_back(
    station: Station, moved_clock: MovedClock
) -> None:
    path = station.hook()
    station.receiver.answer = lambda _: BROKEN
    gaps: list[str] = []
    for _ in range(48):
        gaps += station.gaps()
        work_off(station.courier)
        moved_clock.move(hours=1)
    shown = station.read(path)
    assert shown["status"] == "active"
    assert shown["failures"] == len(station.came) >= 15
    assert shown["failing_since"] < shown["next_attempt_at"]
    assert len(set(station.receiver.event_ids)) == 1, "those behind the first wait"
    station.receiver.answer = lambda _: Reply()
    station.receiver.received.clear()
    moved_clock.move(hours=4)
    work_off(station.courier)
    assert station.told(path) == gaps
    shown = station.read(path)
    assert (shown["failures"], shown["failing_since"], shown["next_attempt_at"]) == (0, None, None)


def test_attempts_keep_to_the_schedule(station: Station, moved_clock: MovedClock) -> None:
    path = station.hook()
    (gap,) = station.gaps()
    station.receiver.answer = lambda _: BROKEN
    work_off(station.courier)
    for made, delay in enumerate(DELAYS, 1):
        moved_clock.move(seconds=delay.total_seconds() - 2)
        work_off(station.courier)
        assert len(station.came) == made, "not before its time"
        moved_clock.move(seconds=2)
        work_off(station.courier)
        assert len(station.came) == made + 1
    shown = station.read(path)
    assert (shown["status"], shown["disabled_because"]) == ("disabled", "exhausted")
    moved_clock.move(days=30)
    later = station.gaps(2)
    assert tick(station.courier) == 0
    log = station.log(path)
    assert [line["attempt"] for line in log] == list(range(1, len(DELAYS) + 2))
    assert {line["event_id"] for line in log} == set(station.receiver.event_ids)
    assert {(line["status"], line["status_code"], line["fault"]) for line in log} == {
        ("failed", 503, "answered")
    }
    station.receiver.answer = lambda _: Reply()
    station.receiver.received.clear()
    assert station.portal.patch(path, json={"status": "active"}).status_code == 200
    work_off(station.courier)
    assert station.told(path) == [gap, *later], "it goes on where it stopped"


def test_the_body_stays_the_same_and_the_signature_is_fresh(
    station: Station, moved_clock: MovedClock
) -> None:
    path = station.hook()
    station.gaps()
    station.receiver.answer = lambda _: BROKEN
    work_off(station.courier)
    moved_clock.move(hours=1)
    station.receiver.answer = lambda _: Reply()
    work_off(station.courier)
    first, second = station.came
    assert first.body == second.body
    assert first.event_id == second.event_id
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) > 3590
    assert verified(second, station.secrets[path])


def test_gone_disables_at_once_and_active_goes_on(station: Station) -> None:
    path = station.hook()
    gaps = station.gaps(3)
    station.receiver.answer = lambda _: Reply(410)
    work_off(station.courier)
    shown = station.read(path)
    assert (shown["status"], shown["disabled_because"], shown["version"]) == ("disabled", "gone", 2)
    assert len(station.came) == 1
    assert tick(station.courier) == 0
    with Session(station.engine) as session:
        event = session.exec(select(Event).where(Event.action == "webhook.disabled")).one()
    assert event.actor == "system"
    assert event.after == {"status": "disabled", "disabled_because": "gone"}
    station.receiver.answer = lambda _: Reply()
    station.receiver.received.clear()
    shown = station.portal.patch(path, json={"status": "active"}).json()
    assert (shown["status"], shown["disabled_because"]) == ("active", None)
    work_off(station.courier)
    assert station.told(path) == gaps


def test_active_makes_the_next_attempt_at_once(station: Station) -> None:
    path = station.hook()
    gaps = station.gaps()
    station.receiver.answer = lambda _: BROKEN
    work_off(station.courier)
    assert tick(station.courier) == 0
    station.receiver.answer = lambda _: Reply()
    station.receiver.received.clear()
    station.portal.patch(path, json={"status": "active"})
    work_off(station.courier)
    assert station.told(path) == gaps


def test_a_delivery_is_made_again_out_of_its_order(station: Station) -> None:
    path = station.hook()
    gaps = station.gaps(2)
    work_off(station.courier)
    asked = station.portal.post(f"{path}/deliveries/1/redeliver")
    assert asked.status_code == 202
    line = asked.json()
    assert (line["number"], line["status"], line["is_redelivery"]) == (3, "waiting", True)
    assert station.portal.post(f"{path}/deliveries/1/redeliver").json() == line
    work_off(station.courier)
    assert station.told(path) == [*gaps, gaps[0]]
    assert station.came[0].event_id == station.came[2].event_id
    assert station.came[0].body == station.came[2].body
    last = station.log(path)[-1]
    assert (last["number"], last["status"], last["attempt"]) == (3, "delivered", 2)
    assert tick(station.courier) == 0
    assert station.portal.post(f"{path}/deliveries/1/redeliver").json()["number"] == 4


def test_a_delivery_made_again_does_not_wait_for_the_one_that_fails(station: Station) -> None:
    path = station.hook()
    first = station.gaps()
    work_off(station.courier)
    station.receiver.answer = lambda _: BROKEN
    second = station.gaps()
    work_off(station.courier)
    station.portal.post(f"{path}/deliveries/1/redeliver")
    work_off(station.courier)
    assert station.told(path) == [*first, *second, *first]
    again = station.log(path)[-1]
    assert (again["status"], again["fault"], again["is_redelivery"]) == ("failed", "answered", True)
    assert station.read(path)["failures"] == 1, "it counts for nothing in the order of events"


def test_gone_disables_at_a_redelivery_too(station: Station) -> None:
    path = station.hook()
    station.gaps(2)
    work_off(station.courier)
    station.portal.post(f"{path}/deliveries/1/redeliver")
    station.receiver.answer = lambda _: Reply(410)
    station.gaps()
    work_off(station.courier)
    assert len(station.came) == 3
    assert station.read(path)["disabled_because"] == "gone"
    assert station.portal.post(f"{path}/deliveries/1/redeliver").status_code == 409
