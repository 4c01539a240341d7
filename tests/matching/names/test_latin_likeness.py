import pytest

from matching.names.judged import RELATED, SAME, Judged
from matching.names.latin_likeness import judge_latin
from matching.names.parsing import parse
from matching.names.reasons import ReasonKey


def judge(one: str, other: str) -> Judged:
    return judge_latin(parse(one), parse(other))


@pytest.mark.parametrize(
    ("one", "other", "least", "most", "reason"),
    [
        ("Acme Robotics Inc", "Robotics Acme Corp", 1, 1, ReasonKey.SAME_CORE),
        ("Acme Robotics Inc", "Acme Robotics Co", 1, 1, ReasonKey.SAME_CORE),
        ("Acme Robotics SA", "Acme Robotics SE", SAME, 0.95, ReasonKey.SAME_CORE),
        ("Acme Robotics GmbH", "Acme Robotics AG", SAME, 0.95, ReasonKey.SAME_CORE),
        ("Acme Robotics GmbH", "Acme Robotics Inc", RELATED, SAME, ReasonKey.SAME_CORE),
        ("Acmetron Robotics", "Acmetrn Robotics", SAME, 0.95, ReasonKey.ABBREVIATED),
        ("Acme Robotics", "Acme Robotics Silver", RELATED, SAME, ReasonKey.SAME_CORE),
        ("Acme Robotics", "Zenith Robotics", 0, RELATED, ReasonKey.OTHER_CORE),
        (
            "Siemens Energy",
            "Siemens Gamesa Renewable Wind Sky",
            RELATED,
            SAME,
            ReasonKey.SAME_BRAND,
        ),
        ("Acme Berlin GmbH", "Acme Munich GmbH", 0, RELATED, ReasonKey.SAME_CORE),
        ("Siemens Berlin GmbH", "Siemens Munich GmbH", RELATED, SAME, ReasonKey.SAME_BRAND),
        ("Acme France", "Acme Germany", 0, SAME, ReasonKey.SAME_CORE),
        ("Acme Shanghai Ltd", "Acme China Ltd", 0, SAME, ReasonKey.SAME_CORE),
        ("Royal Bank", "Royal Bank Ltd Branch", RELATED, SAME, ReasonKey.SAME_CORE),
        ("Bank of China", "Bank of China Ltd", 1, 1, ReasonKey.SAME_CORE),
        ("", "Acme", 0, 0, ReasonKey.NO_NAME),
    ],
)
def test_two_latin_names_are_as_alike_as_their_words(
    one: str, other: str, least: float, most: float, reason: ReasonKey
) -> None:
    found = judge(one, other)
    assert least <= found.likeness <= most, found
    assert found.reasons[0] is reason
    assert judge(other, one) == found


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Acme Robotics", "Acme Robotics Silver", ReasonKey.MORE_WORDS),
        ("Acme Robotics AG", "Acme Robotics Inc", ReasonKey.OTHER_FORM),
        ("Acme Berlin", "Acme Munich", ReasonKey.OTHER_CITY),
        ("Acme France", "Acme Germany", ReasonKey.OTHER_COUNTRY),
        ("Acme Berlin", "Acme", ReasonKey.PLACE_MISSING),
        ("Acme Berlin", "Acme Germany", ReasonKey.WIDER_PLACE),
        ("Acme Berlin", "Acme Berlin Inc", ReasonKey.SAME_PLACE),
        ("Acme", "Acme Branch", ReasonKey.BRANCH),
    ],
)
def test_what_differs_is_told(one: str, other: str, reason: ReasonKey) -> None:
    assert reason in judge(one, other).reasons
