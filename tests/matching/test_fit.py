from matching.codes import IndustryCode
from matching.fit import NEIGHBOUR, NO_FIT, best_fit, link_fits
from matching.vocabulary import CodeScheme
from tests.matching.making import PLACER, REFERENCE

CODE = (IndustryCode(CodeScheme.GB4754, "3985"),)
RESIST = REFERENCE.links["ic.photoresist"].number


def test_a_link_one_edge_away_is_worth_at_most_the_share() -> None:
    placement = PLACER.links(("光刻胶",), ())
    fits = link_fits(placement, REFERENCE)
    direct = {p.link_id: p.affinity for p in placement}
    for customer in REFERENCE.customers["ic.photoresist"]:
        fit = fits[REFERENCE.links[customer].number]
        best = max(direct.get(customer, 0.0), direct["ic.photoresist"] * NEIGHBOUR)
        assert fit.value >= best - 5e-5  # whole basis points
        assert fit.neighbour or fit.value == direct[customer]


def test_a_direct_fit_is_kept_where_it_is_better() -> None:
    fits = link_fits(PLACER.links(("光刻胶", "光刻机"), ()), REFERENCE)
    assert fits[RESIST].neighbour is None
    assert fits[REFERENCE.links["ic.litho"].number].neighbour is None


def test_two_neighbours_give_the_better_one() -> None:
    fits = link_fits(PLACER.links(("光刻胶", "显影液清洗用品"), ()), REFERENCE)
    fab = fits[REFERENCE.links["ic.fab"].number]
    assert fab.neighbour == "ic.photoresist"


def test_own_words_add_to_the_code_at_the_link() -> None:
    fits = link_fits(PLACER.links(("某某专用胶",), CODE), REFERENCE)
    plain = best_fit(fits, RESIST, ("某某专用胶",), ())
    worded = best_fit(fits, RESIST, ("某某专用胶",), ("某某专用胶",))
    assert plain.value < worded.value
    assert worded.placed is plain.placed
    assert (worded.phrase, worded.own_word) == ("某某专用胶", "某某专用胶")


def test_own_words_never_worsen_a_fit() -> None:
    fits = link_fits(PLACER.links(("光刻胶",), ()), REFERENCE)
    assert best_fit(fits, RESIST, ("光刻胶",), ("毫不相干",)) is fits[RESIST]


def test_own_words_stand_for_themselves_where_only_a_neighbour_is_met() -> None:
    fits = link_fits(PLACER.links(("光刻胶", "某某专用设备"), ()), REFERENCE)
    fab = REFERENCE.links["ic.fab"].number
    fit = best_fit(fits, fab, ("光刻胶", "某某专用设备"), ("某某专用设备",))
    assert fit.placed is None
    assert fit.neighbour is None
    assert fit.value > fits[fab].value


def test_nothing_met_is_no_fit() -> None:
    assert best_fit({}, RESIST, (), ("光刻胶",)) is NO_FIT


def test_a_code_brings_an_investor_near_links_of_its_own_chain_only() -> None:
    near = {p.link_id: p.affinity for p in PLACER.links(("光刻胶",), CODE)}
    assert near["ic.photoresist"] > 0.9
    assert near["ic.wafer_si"] == 0.2
    assert "nev.magnet" not in near
    assert "ic.photomask" not in near  # confusable with what the word names
