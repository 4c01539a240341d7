import pytest

from matching.text.context import ChainContext
from matching.text.overlap import OverlapIndex, parts
from matching.text.reading import read

DOCUMENTS = (
    ("质量检测", "药品检验"),
    ("农产品检测", "农产品溯源"),
    ("锂电池隔膜",),
    ("新能源汽车",),
)
GROUPS = (0, 1, 2, 3)


@pytest.fixture
def context() -> ChainContext:
    documents = [[read(word) for word in words] for words in DOCUMENTS]
    return ChainContext(OverlapIndex(documents), GROUPS)


@pytest.mark.parametrize(
    ("phrase", "word", "group", "is_strange"),
    [
        ("农产品质量检测", "质量检测", 0, True),
        ("药品质量检测", "质量检测", 0, False),
        ("质量检测", "质量检测", 0, False),
        ("未知的质量检测", "质量检测", 0, False),
        ("新能源汽车用锂电池隔膜", "锂电池隔膜", 2, False),
        ("农产品检测", "农产品检测", 1, False),
        ("农产品硅", "硅", 0, False),
    ],
)
def test_strangeness(
    context: ChainContext, phrase: str, word: str, group: int, is_strange: bool
) -> None:
    value = context.strangeness(parts(read(phrase)), parts(read(word)), group)
    assert (value > 0) is is_strange
    assert 0 <= value <= 1
