import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.seals import SEAL_BYTES, Sealer

SECRET = b"0123456789abcdef0123456789abcdef"
places = st.text(max_size=8)
bodies = st.binary(max_size=64)


@given(places, bodies)
def test_opens_what_it_sealed(place: str, body: bytes) -> None:
    sealer = Sealer(SECRET, "test")
    value = sealer.seal(place, body)
    assert len(value) == len(body) + SEAL_BYTES
    assert sealer.open(place, value) == body


@given(places, bodies, st.integers(0), st.integers(1, 255))
def test_does_not_open_a_value_with_one_byte_altered(
    place: str, body: bytes, where: int, change: int
) -> None:
    sealer = Sealer(SECRET, "test")
    value = bytearray(sealer.seal(place, body))
    value[where % len(value)] ^= change
    assert sealer.open(place, bytes(value)) is None


@given(places, bodies, st.integers(0), bodies.filter(bool))
def test_does_not_open_a_value_cut_or_lengthened(
    place: str, body: bytes, length: int, tail: bytes
) -> None:
    sealer = Sealer(SECRET, "test")
    value = sealer.seal(place, body)
    assert sealer.open(place, value[: length % len(value)]) is None
    assert sealer.open(place, value + tail) is None


@given(places, places, bodies)
def test_does_not_open_a_value_from_elsewhere(place: str, other: str, body: bytes) -> None:
    sealer = Sealer(SECRET, "test")
    opened = sealer.open(other, sealer.seal(place, body))
    assert opened == (body if place == other else None)


def test_no_byte_passes_from_the_place_to_the_body() -> None:
    sealer = Sealer(SECRET, "test")
    seal = sealer.seal("ab", b"c")[:SEAL_BYTES]
    assert sealer.open("a", seal + b"bc") is None


@pytest.mark.parametrize(
    ("secret", "purpose"), [(b"another secret, long enough", "test"), (SECRET, "another purpose")]
)
def test_seals_of_another_secret_or_purpose_do_not_open(secret: bytes, purpose: str) -> None:
    value = Sealer(secret, purpose).seal("place", b"body")
    assert Sealer(SECRET, "test").open("place", value) is None


def test_a_short_secret_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValueError, match="16 bytes or more") as refused:
        Sealer(b"hunter2", "test")
    assert "hunter2" not in str(refused.value)
