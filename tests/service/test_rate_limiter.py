"""Quotas over processes, without Redis, and at what cost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from matching.vocabulary import Scope
from service.rate_limiter import DEFER_SECONDS, RateLimiter, network_of
from service.rate_limits import RateLimits
from service.redis_store import RedisStore
from service.security import Caller
from tests.service.valkeys import (
    PATIENT,
    Clock,
    Valkey,
    a_store,
    forget_all,
    running_valkey,
    timed,
)

SMALL = Caller("key_small", Scope.PORTAL, rate_limit=50)
LARGE = Caller("key_large", Scope.PORTAL, rate_limit=2000)
USUAL = RateLimits()


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with running_valkey(tmp_path_factory.mktemp("valkey")) as running:
        yield running


@pytest.fixture
def stores(valkey: Valkey) -> Iterator[tuple[RedisStore, RedisStore]]:
    """Two processes' ways to one Redis."""
    with ExitStack() as stack:
        made = a_store(valkey.url, limits=PATIENT), a_store(valkey.url, limits=PATIENT)
        for store in made:
            stack.callback(store.close)
        forget_all(valkey)
        yield made


def admitted(limiter: RateLimiter, caller: Caller, calls: int) -> int:
    return sum(limiter.hit(caller).is_admitted for _ in range(calls))


@pytest.mark.parametrize(("caller", "calls"), [(SMALL, 20), (LARGE, 600)], ids=["small", "large"])
def test_two_processes_admit_the_quota_and_no_call_more(
    stores: tuple[RedisStore, RedisStore], caller: Caller, calls: int
) -> None:
    limiters = [RateLimiter(USUAL, store.line) for store in stores]
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(admitted, limiters[n % 2], caller, calls) for n in range(4)]
    assert abs(sum(job.result() for job in jobs) - (caller.rate_limit or 0)) <= 1
    refused = limiters[0].hit(caller)
    assert (refused.remaining, refused.is_admitted) == (0, False)
    assert 1 <= refused.retry_after <= 60


def test_calls_of_a_large_quota_are_told_now_and_then(
    stores: tuple[RedisStore, RedisStore],
) -> None:
    clock = Clock()
    one, other = RateLimiter(USUAL, stores[0].line, clock), RateLimiter(USUAL, stores[1].line)
    remaining = [one.hit(LARGE).remaining for _ in range(9)]
    assert remaining == list(range(1999, 1990, -1)), "it counts what it has not told yet"
    assert other.hit(LARGE).remaining == 1998, "one call was told"
    clock.now += 2 * DEFER_SECONDS
    assert one.hit(LARGE).remaining == 1989
    for _ in range(11):  # ten wait, and go with the next
        one.hit(LARGE)
    assert RateLimiter(USUAL, stores[1].line).hit(LARGE).remaining == 1977


def test_what_others_have_used_up_meanwhile_is_no_longer_admitted(
    stores: tuple[RedisStore, RedisStore],
) -> None:
    clock = Clock()
    one, other = RateLimiter(USUAL, stores[0].line, clock), RateLimiter(USUAL, stores[1].line)
    admitted(one, LARGE, 3)
    admitted(other, LARGE, 1998)
    clock.now += 2 * DEFER_SECONDS
    assert one.hit(LARGE).is_admitted, "the last one: two were not told in time"
    assert not one.hit(LARGE).is_admitted


def test_without_redis_each_process_counts_for_itself(
    valkey: Valkey, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert admitted(RateLimiter(USUAL), SMALL, 60) == 50
    with running_valkey(tmp_path_factory.mktemp("killed")) as killed:
        store = a_store(killed.url)
        limiter = RateLimiter(USUAL, store.line)
        assert admitted(limiter, SMALL, 10) == 10
        killed.kill()
        assert timed(lambda: admitted(limiter, SMALL, 20)) < 1.0
        assert admitted(limiter, SMALL, 60) == 30
        store.close()


def test_a_key_has_its_own_limit_or_that_of_its_scope() -> None:
    limiter = RateLimiter(RateLimits(admin=3, portal=2, partner=1))
    for scope, quota in ((Scope.ADMIN, 3), (Scope.PORTAL, 2), (Scope.PARTNER, 1)):
        standing = limiter.hit(Caller(f"key_{scope}", scope))
        assert (standing.policy, standing.quota) == (scope.value, quota)
    own = limiter.hit(SMALL)
    assert (own.policy, own.quota, own.remaining) == ("key", 50, 49)


def test_strangers_are_counted_by_network() -> None:
    limiter = RateLimiter(RateLimits(failed=2))
    addresses = ["2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "::ffff:192.0.2.1"]
    told = [limiter.hit_stranger(address).is_admitted for address in addresses]
    assert told == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_networks(address: str, network: str) -> None:
    assert network_of(address) == network
