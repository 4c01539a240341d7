"""Names that must be one company's, related companies', strangers' - because …"""

import pytest

from matching.names.comparing import Company, compare
from matching.names.judged import Relation

SAME = [
    ("苏州示例半导体科技有限公司", "苏州示例半导体科技有限公司", "letter for letter"),
    ("苏州示例半导体科技有限公司", "蘇州示例半導體科技有限公司", "traditional script"),
    ("苏州示例半导体科技有限公司", " 苏州 示例半导体\u3000科技有限公司", "spaces"),
    (
        "苏州示例半导体科技有限公司",
        "苏\u200b州示\u2060例半导体科技有限公司\ufeff",
        "invisible characters",
    ),
    ("苏州示例半导体科技有限公司", "\u202e苏州示例半导体科技有限公司\u202c", "direction marks"),
    ("苏州示例半导体科技有限公司", "苏州示例半导体科技有限责任公司", "two words for one form"),
    ("苏州示例半导体科技有限公司", "苏州市示例半导体科技有限公司", "with and without 市"),
    ("苏州示例半导体科技有限公司", "江苏省苏州市示例半导体科技有限公司", "the province too"),
    ("苏州示例半导体科技有限公司", "示例半导体科技（苏州）有限公司", "the place in a bracket"),
    ("苏州示例半导体科技有限公司", "示例半导体科技【苏州】有限公司", "another bracket"),
    ("苏州示例半导体科技有限公司", "示例半导体科技有限公司", "a missing place is neutral"),
    ("苏州示例半导体科技有限公司", "苏州示例半导体科技", "the form left out"),
    ("苏州示例半导体科技有限公司", "示例半导体", "a short name"),
    ("苏州示例半导体科技有限公司", "示例科技", "a short name with its last word"),
    (
        "苏州示例半导体科技有限公司",
        "苏州示例半导体科技股份有限公司",
        "restructured into a stock company",
    ),
    ("北京迅捷达网络科技有限公司", "迅捷达", "a brand"),
    ("北京迅捷达网络科技有限公司", "迅捷答", "a brand of the same sound"),
    ("深圳市晨曦光电（集团）股份有限公司", "*ST晨曦", "an exchange's mark"),
    ("深圳市晨曦光电（集团）股份有限公司", "晨曦光电A", "a class of shares"),
    ("深圳市水陆规划设计院股份有限公司", "深水规院", "an acronym"),
    ("Ａｌｐｈａ光学（苏州）有限公司", "Alpha光学(苏州)有限公司", "full width"),
    ("ＴＣＬ电子", "TCL电子", "full width in a short name"),
    ("株式会社日立製作所", "㈱日立製作所", "a form in one character"),
    ("株式会社日立製作所", "日立製作所株式会社", "the form before and after"),
    ("Siemens AG", "SIEMENS A.G.", "case and points"),
    ("Siemens AG", "Siemens Aktiengesellschaft", "a form written out"),
    ("Siemens AG", "Siеmеns АG", "Cyrillic letters that look Latin"),
    ("Siemens AG", "Ѕіеmеns AG", "more of them"),
    ("Siemens AG", "Siεmεns AG", "Greek letters"),
    ("ABB Ltd", "АВВ Ltd", "a whole word in Cyrillic"),
    ("Siemens AG", "Ｓｉｅｍｅｎｓ ＡＧ", "full width"),
    ("Siemens AG", "𝐒𝐢𝐞𝐦𝐞𝐧𝐬 𝐀𝐆", "mathematical letters"),
    ("Siemens AG", "Sie\u00admens\u200d AG", "soft hyphens and joiners"),
    ("Nestlé S.A.", "NESTLE SA", "accents"),
    ("L'Oréal S.A.", "LOREAL SA", "an apostrophe"),
    ("Acme Robotics Co., Ltd.", "Acme Robotics Company Limited", "forms written out"),
    ("Acme Robotics Co., Ltd.", "ACME ROBOTICS CO LTD", "capitals"),
    ("Acme Robotics, Inc.", "Acme Robotics Incorporated", "another spelling of the form"),
    ("Acme Robotics, Inc.", "The Acme Robotics Corporation", "an article; Inc. and Corporation"),
    ("Acme Robotics International Inc.", "ACME ROBOTICS INTL INC", "an abbreviation"),
    ("Acme Pharmaceuticals Holdings Inc.", "ACME PHARMAC.HLDGS DL-,01", "an exchange's name"),
    ("Acme Pharmaceuticals Inc.", "ACME PHARM SP.ADR/2", "a depositary receipt"),
    ("Acme Airways Ltd", "ACME AWYS LTD", "letters left out"),
    ("Acme Seafood Ltd", "Acme Sea Food Ltd", "one word in two"),
    ("J.P. Morgan & Co.", "JP Morgan and Company", "initials"),
    ("R. J. Sample Inc.", "SAMPLE R J INC /DE/", "another order of the words"),
    ("Sample Energy Systems GmbH", "Sample Enrgy Systems GmbH", "a slip of the pen"),
    ("ООО «Пример Север»", "Primer Sever OOO", "Cyrillic by its sound"),
    ("Novo Nordisk A/S", "Novo Nordisk AS", "a slash in the form"),
    ("西门子股份公司", "Siemens AG", "a known brand in both languages"),
    ("博世有限公司", "Bosch GmbH", "likewise"),
    ("苏州示例光学有限公司", "Suzhou Shili Optical Co., Ltd.", "pinyin and translated trade"),
    ("苏州示例光学有限公司", "Suzhou Shi Li Guang Xue You Xian Gong Si", "all in pinyin"),
    ("深圳野马电池有限公司", "Shenzhen Mustang Battery Co., Ltd.", "all of it translated"),
]
RELATED = [
    ("示例光刻胶公司 1", "示例光刻胶公司 2", "numbered companies are sisters"),
    ("西门子（中国）有限公司", "西门子（德国）有限公司", "one brand in two countries"),
    ("西门子（中国）有限公司", "西门子（苏州）有限公司", "the country's and a city's company"),
    ("西门子（上海）有限公司", "西门子（苏州）有限公司", "one known brand in two cities"),
    ("西门子（中国）有限公司", "西门子有限公司", "a national subsidiary"),
    ("西门子（中国）有限公司", "西门子（中国）有限公司上海分公司", "a branch"),
    ("江苏示例半导体有限公司", "苏州示例半导体有限公司", "the province's and the city's"),
    ("苏州示例半导体有限公司", "苏州示例房地产有限公司", "another business"),
    ("苏州示例科技有限公司", "苏州示例科技网络有限公司", "one more word in a registered name"),
    ("Siemens AG", "Siemens Ltd., China", "a subsidiary abroad"),
    ("Siemens Energy AG", "Siemens Healthineers AG", "sisters of one brand"),
    ("Acme Coatings GmbH", "Acme Coatings France GmbH", "a country more"),
    ("Acme Coatings LLC", "Acme Coatings Finland Oy", "a country more and another form"),
    ("Acme Germany Coatings Ltd", "Acme France Coatings Ltd", "two countries"),
    ("Acme Coatings GmbH", "Acme Coatings Branch", "a branch"),
    ("西门子（中国）有限公司", "Siemens Brasil Ltda", "one brand in two countries and scripts"),
]
DIFFERENT = [
    ("苏州示例半导体有限公司", "无锡示例半导体有限公司", "another city"),
    ("示例半导体（苏州）有限公司", "示例半导体（无锡）有限公司", "another city in a bracket"),
    ("苏州市示例半导体有限公司", "江苏省无锡市示例半导体有限公司", "one province, two cities"),
    ("江苏示例半导体有限公司", "浙江示例半导体有限公司", "another province"),
    ("示例半导体（昆山）有限公司", "示例半导体（张家港）有限公司", "two county-level cities"),
    ("苏州示例半导体有限公司", "苏州另例半导体有限公司", "one character of the 字号"),
    ("杭州云甲网络科技有限公司", "杭州云乙网络科技有限公司", "one character of two"),
    ("浩辰科技", "江苏晨浩科技股份有限公司", "the characters turned round"),
    ("东方甲乙", "宁夏甲丙能源股份有限公司", "one character in common"),
    ("苏州示例科技有限公司", "Wuxi Shili Technology Co., Ltd.", "another city in the other script"),
    ("苏州甲乙电子有限公司", "Suzhou Yinhe Electronics Co., Ltd.", "pinyin of other characters"),
    ("Acme of Dallas, L.P.", "Acme of Chicago, L.P.", "another city"),
    ("Capstone Robotics Inc.", "Kingston Chemicals Inc.", "other words"),
    ("Alpha Technologies Ltd", "Beta Technologies Ltd", "another core"),
    ("Genius Sports Ltd", "Harbour Sports Ltd", "only the trade in common"),
    ("中国银行股份有限公司", "中国农业银行股份有限公司", "two banks"),
    ("有限公司", "苏州示例半导体有限公司", "a form is no name"),
    ("", "Siemens AG", "nothing to compare"),
    ("", "", "nothing at all"),
]
TABLE = [
    (one, other, relation, because)
    for relation, rows in (
        (Relation.SAME, SAME),
        (Relation.RELATED, RELATED),
        (Relation.DIFFERENT, DIFFERENT),
    )
    for one, other, because in rows
]


@pytest.mark.parametrize(("one", "other", "relation", "because"), TABLE)
def test_two_names_are_judged_as_they_must_be(
    one: str, other: str, relation: Relation, because: str
) -> None:
    found = compare(Company((one,)), Company((other,)))
    assert found.relation is relation, (because, found.score, [r.key for r in found.reasons])
    assert compare(Company((other,)), Company((one,))) == found


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 80
    assert len({row[:2] for row in TABLE}) == len(TABLE)
