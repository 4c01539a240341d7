import pytest

from service.people.addresses import is_safe


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://sign-in.example/realms/zone", True),
        ("http://localhost:8080/realms/zone", True),
        ("http://[::1]:8080", True),
        ("http://127.0.0.1.example", False),
        ("https://", False),
        ("https://a:b@sign-in.example", False),
        ("https://sign-in.example/#x", False),
        ("https://sign-in.example:port", False),
        ("http://[::1", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_who_cannot_be_somebody_else_is_asked(address: str, safe: bool) -> None:
    assert is_safe(address) is safe
