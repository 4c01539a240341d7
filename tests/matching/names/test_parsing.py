import pytest

from matching.names.parsing import is_bare_form, parse
from matching.names.parts import Script


def places_of(name: str) -> list[str]:
    return sorted(place for stated in parse(name).places for place in stated)


@pytest.mark.parametrize(
    ("name", "core", "places", "trades", "form"),
    [
        ("苏州示例半导体科技有限公司", "示例", ["苏州"], ("半导体",), "cn_ltd"),
        ("示例半导体科技（苏州）有限公司", "示例", ["苏州"], ("半导体",), "cn_ltd"),
        ("广西南宁智多星知识产权服务有限公司", "智多星", ["广西", "南宁"], ("知识产权",), "cn_ltd"),
        ("昆山市示例电子厂", "示例", ["昆山"], ("电子",), None),
        ("无名县示例电子有限公司", "示例", ["无名"], ("电子",), "cn_ltd"),
        ("好超市场有限公司", "好超", [], ("市场",), "cn_ltd"),
        ("宁波市政建设集团有限公司", "", ["宁波"], ("市政", "建设集团"), "cn_ltd"),
        ("苏州湾", "苏州湾", [], (), None),
        ("青岛港", "", ["青岛"], ("港",), None),
        ("黄山旅游发展股份有限公司", "", ["黄山"], ("旅游发展",), "cn_stock"),
        ("上海三角（集团）股份有限公司", "三角", ["上海"], (), "cn_stock"),
        ("示例股份", "示例", [], (), "cn_share"),
        ("*ST示例", "示例", [], (), None),
        ("示例科技A", "示例", [], (), None),
        ("蓝蓝BlueWhale", "蓝蓝", [], (), None),
        ("5i5j", "5i5j", [], (), None),
        ("㈱示例", "示例", [], (), "jp_kk"),
        ("株式会社示例電機", "示例", [], ("电机",), "jp_kk"),
        ("株式会社", "株式会社", [], (), None),
        ("上海甲乙管理合伙企业（有限合伙）", "甲乙", ["上海"], (), "cn_lp"),
        ("示例科技(((苏州)))有限公司", "示例", ["苏州"], (), "cn_ltd"),
        ("示例(科技有限公司", "示例", [], (), "cn_ltd"),
        ("示例（未来）科技有限公司", "示例未来", [], (), "cn_ltd"),
        ("Acme Robotics GmbH", "acme", [], ("robotics",), "de_gmbh"),
        ("Acme (Suzhou) Co., Ltd.", "acme", ["宿州", "苏州"], (), "co_ltd"),
        ("Siemens AG Österreich", "siemens", ["奥地利"], (), "de_ag"),
        ("PT Acme Tbk", "acme", [], (), "id_tbk"),
        ("OOO Primer", "primer", [], (), "ru_ooo"),
        ("Acme Corporation Joint Stock Company", "acme", [], (), "ru_ao"),
        ("Macerich Co., The", "macerich", [], (), "company"),
        ("Bank of China", "", ["中国"], ("bank",), None),
        ("GmbH", "gmbh", [], (), None),
        ("The", "the", [], (), None),
        ("", "", [], (), None),
        ("토요타", "토요타", [], (), None),
    ],
)
def test_a_name_is_taken_apart(
    name: str, core: str, places: list[str], trades: tuple[str, ...], form: str | None
) -> None:
    parsed = parse(name)
    assert parsed.core == core
    assert places_of(name) == sorted(places)
    assert parsed.trades == trades
    assert (parsed.form.form_id if parsed.form else None) == form


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("ACME TECH. DL-,01", ["acme", "tech"]),
        ("ACME ROBOT.SP.ADR/2 A", ["acme", "robot"]),
        ("ACME S.ADR2/3", ["acme"]),
        ("ACME AG NA O.N.", ["acme"]),
        ("ACME CORP CL.A", ["acme"]),
        ("ACME HD-10", ["acme"]),
        ("ACME ORD SHS", ["acme"]),
        ("ACME CLASS ACT", ["acme", "class", "act"]),
        ("ADR ACME", ["adr", "acme"]),
        ("ACME AD", ["acme"]),
        ("ACME SK", ["acme", "sk"]),
        ("Acme 24", ["acme", "24"]),
    ],
)
def test_what_an_exchange_adds_is_left_out(name: str, core: list[str]) -> None:
    assert [part.text for part in parse(name).parts] == core


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("西门子（中国）有限公司", "siemens"),
        ("西门子数字工业有限公司", "siemens"),
        ("苏州通力电子有限公司", "kone"),
        ("通力达电子有限公司", None),
        ("Siemens Ltd., China", "siemens"),
        ("Deutsche Bank AG", "deutsche bank"),
        ("中国石化", "sinopec"),
        ("Acme", None),
    ],
)
def test_a_known_brand_is_seen(name: str, brand: str | None) -> None:
    assert parse(name).brand == brand


@pytest.mark.parametrize(
    ("name", "is_branch"),
    [
        ("示例有限公司上海分公司", True),
        ("示例有限公司第二分公司", True),
        ("示例有限公司", False),
        ("Acme GmbH Branch", True),
    ],
)
def test_a_branch_is_seen(name: str, *, is_branch: bool) -> None:
    parsed = parse(name)
    assert parsed.is_branch is is_branch
    assert not parsed.places


def test_scripts_and_full_names_are_told_apart() -> None:
    assert parse("示例Acme").script is Script.HAN
    assert parse("Acme").script is Script.LATIN
    assert parse("示例有限公司").is_full
    assert not parse("示例股份").is_full
    assert not parse("示例").is_full


def test_letters_and_weights_belong_together() -> None:
    parsed = parse("苏州示例Ab电子科技集团有限公司")
    assert len(parsed.letters) == len(parsed.weights)
    weights = dict(zip(parsed.letters, parsed.weights, strict=True))
    assert weights["示"] > weights["电"] > weights["b"] > weights["团"] > 0


@pytest.mark.parametrize(
    ("name", "is_bare"),
    [
        ("有限公司", True),
        ("股份有限公司", True),
        ("（有限公司）", False),
        ("示例有限公司", False),
        ("SE", False),
        ("", False),
    ],
)
def test_a_form_alone_is_no_name(name: str, *, is_bare: bool) -> None:
    assert is_bare_form(name) is is_bare
