from service.people.person import id_of, is_token


def test_an_id_is_of_issuer_and_subject_and_tells_neither() -> None:
    one = id_of(b"secret", "https://a.example", "wang@example.com")
    assert one == id_of(b"secret", "https://a.example", "wang@example.com")
    assert "wang" not in one
    others = {
        id_of(b"secret", "https://b.example", "wang@example.com"),
        id_of(b"secret", "https://a.example", "li@example.com"),
        id_of(b"another", "https://a.example", "wang@example.com"),
    }
    assert len({one, *others}) == 4


def test_what_has_the_form_of_a_token() -> None:
    assert is_token("eyJhbGciOiJSUzI1NiJ9.e30.x")
    assert not is_token("bul_eyJ.a.b")
    assert not is_token("eyJ.a")
