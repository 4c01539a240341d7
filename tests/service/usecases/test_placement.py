"""The one link a gap's products belong to, or the question back."""

import pytest

from service.errors import NotValid
from service.scorer import LEAST_AFFINITY, Scorer
from service.usecases.placement import fits_of, link_for, where


@pytest.mark.parametrize(
    ("products", "link"),
    [
        (["光刻胶"], "ic.photoresist"),
        (["KrF光刻胶", "ArF光刻胶"], "ic.photoresist"),
        (["光掩模版", "相移掩模", "photomask"], "ic.photomask"),
        (["机器视觉系统", "machine vision"], "robot.vision"),
        (["光刻胶", "光刻胶", "EDA软件"], "ic.photoresist"),
    ],
)
def test_products_that_agree_are_placed(scorer: Scorer, products: list[str], link: str) -> None:
    assert link_for(scorer, products) == link
    assert where(scorer, products)[0].affinity >= LEAST_AFFINITY * 1000


@pytest.mark.parametrize(
    "products", [["光刻胶", "EDA软件"], ["Photomask"], ["什么都行"], ["？？？"]]
)
def test_doubtful_products_are_sent_back(scorer: Scorer, products: list[str]) -> None:
    with pytest.raises(NotValid) as refused:
        link_for(scorer, products)
    (error,) = refused.value.errors
    assert error.loc == ["body", "products"]
    assert "link_id" in error.msg
    assert products[0] not in error.msg


def test_fit_is_the_mean_over_the_products(scorer: Scorer) -> None:
    alone = fits_of(scorer, ["光刻胶"])["ic.photoresist"]
    shared = fits_of(scorer, ["光刻胶", "???"])["ic.photoresist"]
    assert shared == pytest.approx(alone / 2)
    assert fits_of(scorer, ["???"]) == {}
