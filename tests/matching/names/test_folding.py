import pytest

from matching.names.folding import MAX_CHARACTERS, fold
from matching.names.lookalikes import TWINS, unmask


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("", ""),
        ("\u200b\ufeff", ""),
        ("——、。", ""),
        ("Siemens AG", "siemens ag"),
        ("Ｓｉｅｍｅｎｓ　ＡＧ", "siemens ag"),
        ("Sie\u00admens\u2060 AG", "siemens ag"),
        ("蘇州示例電子", "苏州示例电子"),
        ("日立製作所", "日立制作所"),
        ("豊田通商", "丰田通商"),
        ("苏州 示例　电子", "苏州示例电子"),
        ("罗尔斯·罗伊斯", "罗尔斯罗伊斯"),
        ("示例【苏州】〔集团〕｛甲｝＜乙＞", "示例(苏州)(集团)(甲)(乙)"),
        ("㈱示例", "(株)示例"),
        ("〇七科技", "〇七科技"),
        ("Crédit Agricole", "credit agricole"),
        ("Ma\u0308rz", "marz"),
        ("Ørsted Łódź Straße Æon", "orsted lodz strasse aeon"),
        ("L'Oréal d’Or", "loreal dor"),
        ("S.p.A. d.o.o. L.L.C.", "spa doo llc"),
        ("J.P.Morgan & Co.", "jp morgan and co"),
        ("AT&T_Inc", "at and t inc"),
        ("HORTON D R INC /DE/", "horton d r inc"),
        ("Sample Corp /ADR", "sample corp"),
        ("Novo Nordisk A/S", "novo nordisk a s"),
        ("Acme (Suzhou) Ltd", "acme(suzhou)ltd"),
        ("ドライブ", "ドライブ"),
        ("\ud800甲\udfff", "甲"),
    ],
)
def test_a_name_is_folded(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_only_the_beginning_is_read() -> None:
    assert len(fold("长" * 5_000)) == MAX_CHARACTERS
    assert len(fold("ﷺ" * 5_000)) <= MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "unmasked"),
    [
        ("plain", "plain"),
        ("Siеmens", "Siemens"),
        ("АВВ", "Abb"),
        ("ООО Пример", "ooo primer"),
        ("ООО Пример Аcme", "ooo primer acme"),
        ("Ωmega", "omega"),
        ("Ελλάς", "ellάs"),
        ("ТОО", "too"),
    ],
)
def test_letters_of_other_alphabets_become_latin(text: str, unmasked: str) -> None:
    assert unmask(text).lower() == unmasked.lower()


def test_every_twin_is_one_letter_for_another() -> None:
    assert all(len(letter) == len(twin) == 1 for letter, twin in TWINS.items())
    assert all(not letter.isascii() and twin.isascii() for letter, twin in TWINS.items())
