import pytest

from matching.text.matcher import Matcher, Owner
from matching.text.matches import TextMatch

CATHODE, ANODE, WAFER, CLEANING, RESIST, SCANNER, FARM_TEST, DRUG_TEST, CAR, CHIP = range(10)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    chains = {"battery": 0, "chips": 1, "farms": 2, "drugs": 3, "cars": 4}
    return Matcher(
        (
            Owner(("正极材料", "三元正极", "cathode"), chains["battery"], frozenset({ANODE})),
            Owner(("负极材料", "石墨负极", "anode"), chains["battery"], frozenset({CATHODE})),
            Owner(("硅片", "大硅片", "silicon wafer", "再生晶圆"), chains["chips"]),
            Owner(("清洗设备", "单片清洗机"), chains["chips"], frozenset({RESIST})),
            Owner(("光刻胶", "KrF光刻胶", "photoresist"), chains["chips"], frozenset({CLEANING})),
            Owner(("光刻机", "EUV光刻机", "lithography"), chains["chips"]),
            Owner(("农产品检测", "农产品溯源"), chains["farms"]),
            Owner(("质量检测", "药品检验"), chains["drugs"]),
            Owner(("新能源汽车", "electric vehicle"), chains["cars"]),
            Owner(("GPU", "NPU", "AI芯片", "inference chips"), chains["chips"]),
        )
    )


@pytest.mark.parametrize(
    ("phrase", "owner", "match"),
    [
        ("正极材料", CATHODE, TextMatch.EXACT),
        ("正極材料", CATHODE, TextMatch.EXACT),
        ("Silicon Wafers", WAFER, TextMatch.EXACT),
        ("高纯硅片", WAFER, TextMatch.CONTAINED),
        ("硅片清洗设备", CLEANING, TextMatch.CONTAINED),
        ("photoresit", RESIST, TextMatch.SIMILAR),
        ("农产品质量检测", FARM_TEST, TextMatch.SIMILAR),
        ("晶圆再生", WAFER, TextMatch.OVERLAP),
        ("recycling of silicon wafers", WAFER, TextMatch.CONTAINED),
    ],
)
def test_the_best_owner_and_how_it_was_met(
    matcher: Matcher, phrase: str, owner: int, match: TextMatch
) -> None:
    hits = matcher.hits(phrase)
    best = max(hits, key=lambda number: hits[number].value)
    assert (best, hits[best].match) == (owner, match)


@pytest.mark.parametrize(
    ("phrase", "absent"),
    [
        ("正极材料", ANODE),
        ("锂电池三元正极", ANODE),
        ("负极材料", CATHODE),
        ("anode", CATHODE),
        ("光刻胶清洗设备", RESIST),
        ("光刻胶", SCANNER),
        ("正极活性粉", ANODE),
        ("房地产", WAFER),
    ],
)
def test_who_is_not_met(matcher: Matcher, phrase: str, absent: int) -> None:
    assert absent not in matcher.hits(phrase)


def test_two_confusable_owners_may_both_be_named(matcher: Matcher) -> None:
    hits = matcher.hits("正极材料与负极材料")
    assert hits[CATHODE].value == pytest.approx(hits[ANODE].value)
    assert hits[CATHODE].value > 0.85


@pytest.mark.parametrize(
    ("under_own", "under_another"),
    [
        ("GPU芯片", "GPU散热片"),
        ("NPU芯片研发", "NPU散热片研发"),
        ("GPU chips", "GPU fans"),
        ("GPU chips", f"GPU {'x' * 41} chips"),
    ],
)
def test_a_word_counts_more_under_a_head_of_its_owner(
    matcher: Matcher, under_own: str, under_another: str
) -> None:
    kind, front = matcher.hits(under_own)[CHIP], matcher.hits(under_another)[CHIP]
    assert kind.value > 0.6
    assert front.value < 0.6


@pytest.mark.parametrize(
    "phrase",
    [
        "不做正极材料，只做负极材料",
        "只做负极材料，非正极材料",
        "anode, no cathode",
        "we do not make cathode, we make anode",
    ],
)
def test_what_is_denied_is_not_met(matcher: Matcher, phrase: str) -> None:
    hits = matcher.hits(phrase)
    assert CATHODE not in hits
    assert hits[ANODE].value > 0.8


def test_the_rest_of_the_phrase_tells_the_chain(matcher: Matcher) -> None:
    alone = matcher.hits("质量检测服务")[DRUG_TEST].value
    strange = matcher.hits("农产品溯源质量检测")[DRUG_TEST].value
    assert strange < alone


def test_a_description_is_about_what_it_speaks_of_most(matcher: Matcher) -> None:
    text = (
        "公司成立于二零零一年，主要从事光刻胶、KrF光刻胶的研发、生产和销售，拥有自主知识产权。"
        "产品应用于新能源汽车等领域，并提供再生的晶圆。"
    )
    hits = matcher.hits(text)
    assert max(hits, key=lambda number: hits[number].value) == RESIST
    assert hits[CAR].value < 0.4
    assert hits[WAFER].match is TextMatch.OVERLAP


def test_an_endless_clause_is_left_out(matcher: Matcher) -> None:
    no_words = "".join(chr(0x5000 + number) for number in range(60))
    assert matcher.hits(f"{no_words}，晶圆再生")[WAFER].match is TextMatch.OVERLAP
    assert matcher.hits(f"{no_words}晶圆再生") == {}


def test_nothing_said_meets_nobody(matcher: Matcher) -> None:
    assert matcher.hits("") == matcher.hits(" ") == matcher.hits("😀") == {}
