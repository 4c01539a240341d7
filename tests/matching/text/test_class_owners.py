from dataclasses import replace

import pytest

from matching.reference.loader import Reference
from matching.text.class_owners import gb_owners, isic_owners


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("光纤制造", ("光纤制造",)),
        ("锂离子电池制造", ("锂离子电池制造", "锂离子电池", "锂离子电池")),
        ("钟表、眼镜零售", ("钟表、眼镜零售", "钟表、眼镜零售", "眼镜零售")),
        ("其他电子元件制造", ("其他电子元件制造", "电子元件", "电子元件")),
        ("其他未列明制造业", ("其他未列明制造业",)),
    ],
)
def test_what_a_chinese_class_makes(
    reference: Reference, name: str, words: tuple[str, ...]
) -> None:
    (owner,) = gb_owners([replace(reference.gb4754["3985"], name_zh=name)])
    assert owner.words == words
    assert owner.group == 39


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Manufacture of batteries and accumulators", ("batteries", "accumulators")),
        ("Growing of rice", ()),
        ("Wholesale of textiles", ("wholesale of textiles",)),
        ("Repair of ships, except of yachts", ("repair of ships",)),
        ("Manufacture of other pumps", ("pumps",)),
    ],
)
def test_what_an_english_class_makes(
    reference: Reference, name: str, words: tuple[str, ...]
) -> None:
    (owner,) = isic_owners([replace(reference.isic4["2720"], name_en=name)])
    assert owner.words == (name, *words)
    assert owner.group == 27
