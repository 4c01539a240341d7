import time
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.codes import IndustryCode
from matching.reference.loader import Reference, load_reference
from matching.text.matches import TextMatch, combine, in_basis_points
from matching.text.placement import CODE_FLOOR, LinkAffinity, Placer
from matching.text.reading import KEPT, read
from matching.vocabulary import CodeScheme
from tests.matching.text.hostile import NOTHING_SAID, PIECES, huge

GB_3985 = IndustryCode(CodeScheme.GB4754, "3985")
LINKS = tuple(load_reference().links.values())


def affinities(placed: Sequence[LinkAffinity]) -> dict[str, float]:
    return {p.link_id: p.affinity for p in placed}


@pytest.mark.parametrize(
    ("phrase", "link_id"),
    [
        ("12-inch silicon wafers", "ic.wafer_si"),
        ("KrF光刻胶", "ic.photoresist"),
        ("photoresist", "ic.photoresist"),
        ("photoresists", "ic.photoresist"),
        ("光刻膠", "ic.photoresist"),
        ("EDA软件", "ic.eda"),
        ("lithium-ion battery cathode materials", "battery.cathode"),
        ("硅片清洗设备", "ic.clean"),
        ("金刚线", "pv.wire"),
        ("金刚线切片机", "pv.eq_si"),
        ("CT", "meddev.img"),
        ("POCT", "meddev.ivd"),
        ("算力服务", "ai.cloud"),
        ("算力服务器", "ai.server"),
        ("半導體矽晶圓", "ic.wafer_si"),
        ("ＥＤＡ　ＳＯＦＴＷＡＲＥ", "ic.eda"),
        ("aluminum foil for batteries", "battery.foil"),
        ("aluminium foils for batteries", "battery.foil"),
        ("micro-inverters", "pv.inverter"),
        ("fiber lasers", "optocomm.laser"),
        ("fibre lasers", "optocomm.laser"),
        ("猪肉加工", "agrifood.meat"),
        ("frozen dumplings", "agrifood.conv"),
        ("法律服务", "prodsvc.legal"),
        ("硅晶圆", "ic.wafer_si"),
        ("矽晶圓", "ic.wafer_si"),
        ("光阻", "ic.photoresist"),
        ("insulin pumps", "meddev.rehab"),
        ("aircraft engine blades", "aviation.blade"),
        ("robot joint reducers", "robot.reducer"),
        ("锂电池隔膜涂覆设备", "battery.eq_front"),
        ("IGBT模块", "ic.power"),
        ("sewage treatment equipment", "envpro.water"),
        ("film production", "display.content"),
        ("CT scanners", "meddev.img"),
        ("AI accelerator chips", "ai.aichip"),
    ],
)
def test_phrases_land_first_where_they_must(placer: Placer, phrase: str, link_id: str) -> None:
    assert placer.links([phrase], ())[0].link_id == link_id


@pytest.mark.parametrize(
    ("phrase", "link_id", "absent"),
    [
        ("正极材料", "battery.cathode", "battery.anode"),
        ("负极材料", "battery.anode", "battery.cathode"),
        ("高镍三元正极材料", "battery.cathode", "battery.anode"),
        ("lithium battery anode materials", "battery.anode", "battery.cathode"),
        ("光刻胶", "ic.photoresist", "ic.litho"),
        ("EUV光刻机", "ic.litho", "ic.photoresist"),
        ("封装基板", "ic.pkgmat", "ic.pkg"),
        ("FC-BGA封装基板生产线", "ic.pkgmat", "ic.pkg"),
        ("substrate", None, "ic.testeq"),
    ],
)
def test_a_confusable_link_is_not_met(
    placer: Placer, phrase: str, link_id: str | None, absent: str
) -> None:
    placed = placer.links([phrase], ())
    assert absent not in affinities(placed)
    assert link_id is None or placed[0].link_id == link_id


def test_confusable_links_never_land_on_each_other_by_their_names(placer: Placer) -> None:
    named = {word: link.link_id for link in LINKS for word in link.keywords_zh}
    for link in LINKS:
        if link.name_zh not in named:
            continue
        others = affinities(placer.links([link.name_zh], ()))
        for other in link.confusable_with:
            assert other not in others or others[other] < others[link.link_id]


def test_an_exact_keyword_puts_its_link_first_in_its_chain(
    placer: Placer, reference: Reference
) -> None:
    wrong: list[tuple[str, str]] = []
    for link in LINKS:
        for word in (*link.keywords_zh, *link.keywords_en):
            placed = placer.links([word], ())
            best = next(p for p in placed if reference.links[p.link_id].chain_id == link.chain_id)
            if (best.link_id, best.text, best.match) != (link.link_id, 1.0, TextMatch.EXACT):
                wrong.append((word, best.link_id))
    assert wrong == []


def test_words_and_an_exact_class_together(placer: Placer) -> None:
    best = placer.links(["光刻胶"], [GB_3985])[0]
    assert best.link_id == "ic.photoresist"
    assert best.affinity >= 0.95
    assert (best.match, best.phrase, best.keyword) == (TextMatch.EXACT, "光刻胶", "光刻胶")
    assert best.affinity == in_basis_points(combine(best.code, best.text))
    assert best.gb_code == "3985"
    assert best.why_zh == (
        "产品“光刻胶”即该环节的“光刻胶”；行业代码GB/T 4754 3985 电子专用材料制造属于该环节的行业"
    )
    assert best.why_en.startswith(
        'The product "光刻胶" is this link\'s "光刻胶"; the industry code'
    )


def test_a_class_alone_is_just_seen_at_every_link_that_has_it(placer: Placer) -> None:
    placed = placer.links((), [GB_3985])
    found = affinities(placed)
    for link in LINKS:
        if "3985" in link.gb4754_codes:
            assert CODE_FLOOR <= found[link.link_id] < 0.5
    assert all(
        (p.match, p.phrase, p.keyword, p.text) == (TextMatch.NONE, None, None, 0) for p in placed
    )
    assert all(p.why_zh and p.why_en for p in placed)


def test_a_foreign_code_alone_stays_below_the_floor(placer: Placer) -> None:
    placed = placer.links((), [IndustryCode(CodeScheme.NACE2, "26.11")])
    assert 0 < max(p.affinity for p in placed) < CODE_FLOOR


def test_a_description_places_too(placer: Placer) -> None:
    text = (
        "我们是一家专注于手术机器人研发、生产和销售的高科技企业，产品已进入三百家医院并获得注册证。"
    )
    assert placer.links((), (), text)[0].link_id == "meddev.robot"
    assert placer.links([text], ()) == placer.links((), (), text)


def test_a_short_description_is_not_called_a_product(placer: Placer) -> None:
    best = placer.links((), (), "我们做光刻胶")[0]
    assert best.why_zh.startswith("描述“我们做光刻胶”")
    assert best.why_en.startswith('The description "我们做光刻胶"')
    assert placer.industries((), (), "我们做光刻胶")[0].why_zh.startswith("描述")
    assert placer.links(["我们做光刻胶"], (), "我们做光刻胶")[0].why_zh.startswith("产品")


@pytest.mark.parametrize("nothing", NOTHING_SAID)
def test_nothing_said_is_nowhere(placer: Placer, nothing: str) -> None:
    assert placer.links([nothing], (), nothing) == ()
    assert placer.links([nothing, "光刻胶"], ()) == placer.links(["光刻胶"], ())


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_takes_bounded_time(placer: Placer, piece: str) -> None:
    text = huge(piece)
    placer.industries(["光刻胶"], ())  # reads the names of the classes, once
    began = time.process_time()
    placer.links([text], ())
    middle = time.process_time()
    placer.industries([text], ())
    assert max(middle - began, time.process_time() - middle) < 1.0  # .05 on an idle machine


def test_it_is_built_and_read_fast(reference: Reference) -> None:
    began = time.process_time()
    placer = Placer(reference)
    built = time.process_time() - began
    phrases = ("KrF光刻胶", "silicon wafers", "电子级氢氟酸", "CMP slurry", "封装用塑封料")
    placer.links(phrases, ())
    began = time.process_time()
    for _ in range(20):
        placer.links(phrases, ())
    assert built < 5.0  # .5 on an idle machine; coverage and a busy one make it slower
    assert (time.process_time() - began) / 20 < 0.03  # .002 on an idle machine


def test_a_build_reads_each_word_once_and_keeps_few(reference: Reference) -> None:
    read.cache_clear()
    Placer(reference)
    kept = read.cache_info()
    assert kept.misses == kept.currsize < KEPT
    assert kept.maxsize == KEPT


WORDS = sorted({word for link in LINKS for word in (*link.keywords_zh, *link.keywords_en)})
PHRASES = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map("".join),
        st.tuples(st.sampled_from(WORDS), st.sampled_from(("设备", " for ", "生产"))).map("".join),
        st.text(max_size=12),
    ),
    max_size=4,
)
CODES = st.lists(
    st.builds(
        IndustryCode,
        st.sampled_from(CodeScheme),
        st.sampled_from(("3985", "C3985", "398", "26.11", "26", "334413", "72", "x", "")),
    ),
    max_size=3,
)
thorough = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@thorough
@given(phrases=PHRASES, codes=CODES)
def test_affinities_are_on_their_scale_and_sorted(
    placer: Placer, phrases: list[str], codes: list[IndustryCode]
) -> None:
    placed = placer.links(phrases, codes)
    numbers = {link.link_id: link.number for link in LINKS}
    assert list(placed) == sorted(placed, key=lambda p: (-p.affinity, numbers[p.link_id]))
    for p in placed:
        assert 0 < p.affinity <= 1
        assert 0 <= p.text <= 1
        assert 0 <= p.code <= 1
        assert (p.phrase is None) is (p.keyword is None) is (p.match is TextMatch.NONE)
        assert (p.gb_code is None) is (p.code == 0)
        assert p.why_zh
        assert p.why_en.encode()


@thorough
@given(phrases=PHRASES, codes=CODES, data=st.data())
def test_order_and_repetition_do_not_matter(
    placer: Placer, phrases: list[str], codes: list[IndustryCode], data: st.DataObject
) -> None:
    placed = placer.links(phrases, codes)
    others = data.draw(st.permutations(phrases * 2)), data.draw(st.permutations(codes * 2))
    assert placer.links(*others) == placed
    assert placer.links(phrases, codes) == placed


@thorough
@given(phrases=PHRASES, codes=CODES, more=PHRASES, other=CODES)
def test_more_said_never_lowers_an_affinity_that_rests_on_words(
    placer: Placer,
    phrases: list[str],
    codes: list[IndustryCode],
    more: list[str],
    other: list[IndustryCode],
) -> None:
    after = affinities(placer.links(phrases + more, codes + other))
    for before in placer.links(phrases, codes):
        by_words = in_basis_points(combine(0.0, before.text))
        assert not by_words or after[before.link_id] >= by_words


@thorough
@given(phrases=PHRASES, codes=CODES, other=CODES)
def test_one_more_code_never_lowers_an_affinity(
    placer: Placer, phrases: list[str], codes: list[IndustryCode], other: list[IndustryCode]
) -> None:
    before = affinities(placer.links(phrases, codes))
    after = affinities(placer.links(phrases, codes + other))
    assert all(after[link_id] >= affinity for link_id, affinity in before.items())


@pytest.mark.parametrize(
    ("phrase", "nearer", "farther"),
    [
        ("硅片清洗设备", "ic.clean", "ic.wafer_si"),
        ("光刻胶涂布显影机", "ic.litho", "battery.cathode"),
        ("汽车用压力传感器", "ic.sensor", "battery.separator"),
        ("农产品质量检测", "agrifood.test", "biopharma.qc"),
        ("晶圆级封装用光刻胶", "ic.photoresist", "ic.pkg"),
        ("lithium battery recycling", "battery.recycle", "nev.cell"),
        ("solid-state battery separators", "battery.separator", "battery.cell_ssb"),
        ("用于锂电池的导电炭黑", "battery.binder", "battery.app_cons"),
        ("动力电池回收拆解", "battery.recycle", "nev.cell"),
        ("封装基板用铜箔", "battery.foil", "ic.pkg"),
    ],
)
def test_what_a_thing_is_outweighs_what_it_is_for(
    placer: Placer, phrase: str, nearer: str, farther: str
) -> None:
    found = affinities(placer.links([phrase], ()))
    assert found.get(nearer, 0.0) > found.get(farther, 0.0)
