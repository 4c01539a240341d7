"""The words of the negative list: whom they mean and whom they leave alone."""

import pytest

from matching.reference.loader import load_reference
from matching.reference.restrictions import NegativeItem

ITEMS = {item.item_no: item for item in load_reference().negative_list}


def is_meant(item: NegativeItem, text: str) -> bool:
    """The plainest reading of the words: cut out what is left alone, then look for a word."""
    rest = text.casefold()
    for phrase in (*item.unless_zh, *item.unless_en):
        rest = rest.replace(phrase.casefold(), "|")
    return any(word.casefold() in rest for word in (*item.words_zh, *item.words_en))


MEANT = [
    (1, "玉米新品种选育", "maize breeding and seed production"),
    (2, "珍稀品种繁育", "breeding of rare and endemic livestock"),
    (3, "转基因种子", "genetically modified seeds"),
    (4, "近海捕捞", "coastal fishing"),
    (5, "钨矿采选", "tungsten mining"),
    (5, "稀土矿开采和选矿", "rare earth mining and beneficiation"),
    (5, "铀矿勘查", "uranium exploration"),
    (6, "核电站运营", "operation of a nuclear power plant"),
    (7, "卷烟批发", "wholesale of cigarettes"),
    (8, "沿海货运", "coastal shipping"),
    (9, "通用航空", "general aviation services"),
    (10, "民用机场经营", "airport operation"),
    (11, "信件快递", "domestic letter delivery"),
    (12, "互联网数据中心", "internet data centre"),
    (13, "网络游戏运营", "online game operation"),
    (14, "中国法律事务", "practice of Chinese law"),
    (15, "消费者调查", "market research"),
    (16, "民意调查", "public opinion polls"),
    (17, "CAR-T细胞治疗", "CAR-T cell therapy"),
    (17, "人体干细胞技术", "human stem cells"),
    (17, "基因诊断", "gene diagnosis"),
    (18, "人文社会科学研究", "humanities institute"),
    (19, "高精地图制作", "HD map production"),
    (19, "测绘服务", "surveying and mapping"),
    (20, "国际幼儿园", "kindergartens"),
    (21, "义务教育学校", "primary schools"),
    (22, "专科医院", "hospital"),
    (23, "通讯社", "news agency"),
    (24, "图书出版", "book publishing"),
    (25, "电视频道", "TV channels"),
    (26, "电视剧制作", "TV drama production"),
    (27, "电影发行", "film distribution"),
    (28, "文物拍卖", "auction of cultural relics"),
    (29, "歌舞团", "song and dance ensemble"),
]


@pytest.mark.parametrize(("number", "zh", "en"), MEANT)
def test_words_mean_their_item_in_both_languages(number: int, zh: str, en: str) -> None:
    assert is_meant(ITEMS[number], zh)
    assert is_meant(ITEMS[number], en)


def test_every_item_is_tried_above() -> None:
    tried = {number for number, _, _ in MEANT}
    assert tried == set(ITEMS)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "水稻育种"),
        (1, "corn starch"),
        (3, "非转基因大豆"),
        (3, "non-GM seeds"),
        (4, "远洋捕捞"),
        (4, "网箱养殖"),
        (5, "稀土永磁材料"),
        (5, "钨钢刀具"),
        (5, "rare earth magnets"),
        (5, "tungsten carbide tools"),
        (5, "molybdenum mining"),
        (6, "风力发电"),
        (7, "e-cigarettes"),
        (8, "international shipping"),
        (9, "无人机整机制造"),
        (10, "机场行李设备"),
        (11, "包裹快递"),
        (12, "呼叫中心"),
        (12, "e-commerce platform"),
        (13, "online music"),
        (14, "foreign law firm"),
        (17, "单克隆抗体"),
        (17, "monoclonal antibodies"),
        (17, "基因测序仪"),
        (17, "植物干细胞护肤品"),
        (17, "mRNA vaccines"),
        (19, "激光雷达"),
        (19, "surveying and mapping instruments"),
        (20, "职业培训"),
        (22, "宠物医院"),
        (22, "clinical trials"),
        (22, "医疗器械"),
        (24, "包装印刷"),
        (27, "thin film production"),
        (28, "艺术品拍卖"),
        (29, "演出场馆经营"),
    ],
)
def test_words_leave_neighbours_alone(number: int, text: str) -> None:
    assert not is_meant(ITEMS[number], text)


def test_words_are_long_enough_and_stand_once() -> None:
    for item in ITEMS.values():
        for words, shortest in ((item.words_zh, 2), (item.words_en, 4)):
            folded = [word.casefold() for word in words]
            assert len(words) >= 5, item.item_no
            assert min(map(len, folded)) >= shortest
            assert len(set(folded)) == len(folded)


def test_wide_codes_are_not_the_codes_that_ask_for_a_look() -> None:
    for item in ITEMS.values():
        assert not set(item.wide_codes) & set(item.gb4754_codes)
    assert "2762" in ITEMS[17].wide_codes


def test_prohibited_items_allow_no_foreign_share() -> None:
    for item in ITEMS.values():
        if item.measure == "prohibited":
            assert item.foreign_max_share_pct == 0
        if item.cn_min_share_pct is not None and item.foreign_max_share_pct is not None:
            assert item.cn_min_share_pct + item.foreign_max_share_pct == 100
