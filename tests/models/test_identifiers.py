from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as credit_code
from stdnum.iso7064 import mod_97_10

from models.identifiers import Country, Lei, Uscc, Website, compact, uscc_warning
from tests.models.bodies import accept, refuse

# Invented: no register holds them.
CODE = "91320594MA1TEXT010"
VILLAGE = "N2320594MA1TEXT02J"
ENTITY = "EXAMPLE00000BULIAN91"

CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    "written",
    [
        CODE,
        CODE.lower(),
        f"  {CODE}\n",
        "9132 0594 MA1T EXT0 10",
        "91320594-MA1TEXT01-0",
        "９１３２０５９４ＭＡ１ＴＥＸＴ０１０",
        "９１３２０５９４ｍａ１ｔｅｘｔ０１０",
        "91320594\u3000MA1TEXT010",
        "\ufeff91320594\u200bMA1TEXT010\u202c",
        "91320594\u00adMA1TEXT010",
    ],
)
def test_a_credit_code_comes_back_in_its_standard_form(written: str) -> None:
    assert accept(Uscc, written) == CODE
    assert uscc_warning(CODE) is None


def test_a_credit_code_may_begin_with_a_letter() -> None:
    assert accept(Uscc, VILLAGE) == VILLAGE
    assert uscc_warning(VILLAGE) is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "9132",
        CODE[:-1],
        CODE + "0",
        CODE.replace("T", "I", 1),
        CODE.replace("T", "O", 1),
        CODE.replace("T", "S", 1),
        CODE.replace("T", "V", 1),
        CODE.replace("T", "Z", 1),
        "9132O594MA1TEXT010",
        "91320594MA1TEXT01ß",
        "91320594MA1TEXT01\u0660",
        "统一社会信用代码统一社会信用代码统一",
        "000000000000000000" + " " * 1_000_000,
        CODE + " " * 200 + "x",
        "91320594MA1TEXT0\x0010",
        "91320594MA1TEXT01\ud800",
        913205940000000000,
        None,
    ],
)
def test_a_malformed_credit_code_is_refused(written: object) -> None:
    assert refuse(Uscc, written)


@given(st.text(alphabet=CODE_LETTERS, min_size=9, max_size=9), st.sampled_from(CODE_LETTERS))
def test_a_wrong_check_digit_is_warned_about_not_refused(body: str, last: str) -> None:
    code = f"91320594{body}{last}"
    assert accept(Uscc, code) == code
    is_right = credit_code.calc_check_digit(code[:-1]) == last
    assert (uscc_warning(code) is None) == is_right


def test_the_warning_names_the_field_in_both_languages() -> None:
    warning = uscc_warning(CODE[:-1] + "1")
    assert warning is not None
    assert (warning.code, warning.field) == ("uscc_check_digit", "uscc")
    assert "校验位" in warning.zh
    assert "check digit" in warning.en
    assert CODE[:-1] not in warning.zh + warning.en


def test_no_code_is_nothing_to_warn_about() -> None:
    assert uscc_warning(None) is None


@pytest.mark.parametrize(
    "written", [ENTITY, ENTITY.lower(), "EXAM PLE0 0000 BULI AN91", "ＥＸＡＭＰＬＥ00000BULIAN91"]
)
def test_an_entity_identifier_comes_back_in_its_standard_form(written: str) -> None:
    assert accept(Lei, written) == ENTITY


@given(st.integers(0, 19), st.data())
def test_one_digit_or_letter_changed_is_always_found(place: int, data: st.DataObject) -> None:
    same_kind = "0123456789" if ENTITY[place].isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    character = data.draw(st.sampled_from(same_kind.replace(ENTITY[place], "")))
    assert "no LEI" in refuse(Lei, ENTITY[:place] + character + ENTITY[place + 1 :])


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=18, max_size=18))
def test_right_check_digits_are_accepted(body: str) -> None:
    code = body + mod_97_10.calc_check_digits(body)
    assert accept(Lei, code) == code


@pytest.mark.parametrize("written", ["", ENTITY[:-1], ENTITY + "0", "例" * 20, 5, None])
def test_a_malformed_entity_identifier_is_refused(written: object) -> None:
    assert refuse(Lei, written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("CN", "CN"), ("cn", "CN"), (" De ", "DE"), ("ＪＰ", "JP"), ("hk", "HK"), ("tw", "TW")],
)
def test_a_country_comes_back_in_upper_case(written: str, kept: str) -> None:
    assert accept(Country, written) == kept


@pytest.mark.parametrize(
    "written", ["", "XX", "CHN", "China", "中国", "UK", "EU", "ſg", "cn\x00", 86, None, ["CN"]]
)
def test_what_is_no_country_is_refused(written: object) -> None:
    assert refuse(Country, written)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com",
        "http://example.com/a?b=c#d",
        "HTTPS://Example.com:8443/路径",
        "https://例子.中国/",
        "https://example.com.",
    ],
)
def test_an_address_is_kept_as_it_was_given(address: str) -> None:
    assert accept(Website, f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.com",
        "www.example.com",
        "//example.com",
        "ftp://example.com",
        "javascript:alert(1)//a.b",
        "https://",
        "https://localhost",
        "https://.",
        "https://a..b",
        "https://[::1",
        "https://user:password@example.com",
        "https://exa mple.com",
        "https://example.com/<script>",
        'https://example.com/"',
        "https://example.com/\x00",
        "https://example.com/\ud800",
        "https://example.com/" + "a" * 500,
        5,
        None,
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: object) -> None:
    assert refuse(Website, address)


@given(st.text(max_size=300))
def test_compact_never_fails_and_is_stable(value: str) -> None:
    assert compact(compact(value)) == compact(value)


@pytest.mark.parametrize("kind", [Uscc, Lei, Country, Website])
@given(value=st.text(alphabet=st.characters(), max_size=60))
def test_any_text_is_kept_in_form_or_refused(kind: Any, value: str) -> None:
    try:
        kept = accept(kind, value)
    except ValueError:
        return
    assert accept(kind, kept) == kept
