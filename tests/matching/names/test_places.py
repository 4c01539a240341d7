import pytest

from matching.names.parsing import parse
from matching.names.places import PlaceRelation, relate_places


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("示例科技", "甲乙科技", PlaceRelation.UNSTATED),
        ("苏州示例科技", "甲乙科技", PlaceRelation.MISSING),
        ("苏州示例科技", "苏州市甲乙科技", PlaceRelation.SAME),
        ("江苏苏州示例科技", "苏州甲乙科技", PlaceRelation.SAME),
        ("江苏示例科技", "苏州甲乙科技", PlaceRelation.WIDER),
        ("示例（中国）科技", "昆山甲乙科技", PlaceRelation.WIDER),
        ("苏州示例科技", "无锡甲乙科技", PlaceRelation.OTHER_CITY),
        ("江苏示例科技", "浙江甲乙科技", PlaceRelation.OTHER_CITY),
        ("前海示例科技（深圳）", "前海示例科技（长沙）", PlaceRelation.OTHER_CITY),
        ("苏州示例科技", "示例（德国）科技", PlaceRelation.OTHER_CITY),
        ("示例（中国）科技", "示例（德国）科技", PlaceRelation.OTHER_COUNTRY),
        ("示例（欧洲）科技", "示例（德国）科技", PlaceRelation.OTHER_COUNTRY),
        ("苏州示例科技", "Suzhou Sample Ltd", PlaceRelation.SAME),
        ("宿州示例科技", "Suzhou Sample Ltd", PlaceRelation.SAME),
        ("无锡示例科技", "Suzhou Sample Ltd", PlaceRelation.OTHER_CITY),
        ("示例（北京）科技", "Peking Sample Ltd", PlaceRelation.SAME),
        ("没有市示例科技", "苏州示例科技", PlaceRelation.OTHER_CITY),
    ],
)
def test_two_names_places_are_related(one: str, other: str, relation: PlaceRelation) -> None:
    mine, theirs = parse(one).places, parse(other).places
    assert relate_places(mine, theirs) is relation
    assert relate_places(theirs, mine) is relation
