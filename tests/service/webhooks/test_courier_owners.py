"""What an owner does to a webhook takes effect at the next message: stopping, moving, rotating."""

import pytest

from tests.factories import ADMIN, PORTAL, a_key
from tests.service.webhooks.receiver import Received, Reply
from tests.service.webhooks.station import MovedClock, Station, tick, verified, work_off


@pytest.mark.parametrize("way", ["disabled", "closed"])
def test_an_owner_may_stop_it(station: Station, way: str) -> None:
    path = station.hook()
    if way == "disabled":
        shown = station.portal.patch(path, json={"status": "disabled"}).json()
        assert shown["disabled_because"] == "owner"
    else:
        assert station.portal.delete(path).status_code == 204
    station.gaps()
    assert tick(station.courier) == 0
    assert station.came == []


def test_an_owner_may_stop_it_in_the_middle(station: Station) -> None:
    path = station.hook()
    station.gaps(3)

    def stop(_: Received) -> Reply:
        assert station.client(PORTAL).patch(path, json={"status": "disabled"}).is_success
        return Reply()

    station.receiver.answer = stop
    work_off(station.courier)
    assert len(station.came) == 1


def test_a_change_of_address_takes_effect_at_the_next_message(station: Station) -> None:
    path = station.hook()
    station.gaps(3)

    def move(received: Received) -> Reply:
        if received.path == "/hooks":
            url = station.receiver.url.replace("/hooks", "/elsewhere")
            assert station.client(PORTAL).patch(path, json={"url": url}).is_success
        return Reply()

    station.receiver.answer = move
    work_off(station.courier)
    assert [one.path for one in station.came] == ["/hooks", "/elsewhere", "/elsewhere"]
    assert len(set(station.receiver.event_ids)) == 3


def test_a_key_that_is_revoked_hears_nothing_more(station: Station) -> None:
    admin = station.client(ADMIN)
    made = admin.post("/v1/admin/keys", json=a_key()).json()
    station.hook(station.client(made["secret"]))
    station.gaps()
    work_off(station.courier)
    assert len(station.came) == 1
    admin.delete(f"/v1/admin/keys/{made['id']}")
    station.gaps()
    assert tick(station.courier) == 0
    assert len(station.came) == 1


def test_a_key_that_is_revoked_in_the_middle_hears_nothing_more(station: Station) -> None:
    admin = station.client(ADMIN)
    made = admin.post("/v1/admin/keys", json=a_key()).json()
    station.hook(station.client(made["secret"]))
    station.gaps(3)

    def revoke(_: Received) -> Reply:
        assert station.client(ADMIN).delete(f"/v1/admin/keys/{made['id']}").is_success
        return Reply()

    station.receiver.answer = revoke
    work_off(station.courier)
    assert len(station.came) == 1


def test_what_its_owner_did_meanwhile_stands(station: Station) -> None:
    path = station.hook()
    station.gaps()

    def close(_: Received) -> Reply:
        assert station.client(PORTAL).delete(path).is_success
        return Reply(410)

    station.receiver.answer = close
    work_off(station.courier)
    shown = station.read(path)
    assert (shown["status"], shown["disabled_because"]) == ("closed", None)


def test_rotation_signs_with_both_secrets_for_a_day(
    station: Station, moved_clock: MovedClock
) -> None:
    path = station.hook()
    old = station.secrets[path]
    rotated = station.portal.post(f"{path}/rotate").json()
    new = rotated["secret"]
    assert new != old
    station.gaps()
    work_off(station.courier)
    assert verified(station.came[-1], old) == verified(station.came[-1], new)
    assert station.read(path)["previous_secret_until"] == rotated["previous_secret_until"]
    moved_clock.move(hours=24, seconds=1)
    station.gaps()
    work_off(station.courier)
    assert verified(station.came[-1], new)
    with pytest.raises(Exception, match="No matching signature"):
        verified(station.came[-1], old)
    assert station.read(path)["previous_secret_until"] is None
