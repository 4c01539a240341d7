from matching.reference.loader import Reference
from matching.text.owners import link_owners


def test_links_keep_their_numbers_chains_and_words(reference: Reference) -> None:
    owners = link_owners(reference.links.values())
    assert len(owners) == len(reference.links)
    for link, owner in zip(reference.links.values(), owners, strict=True):
        assert set(link.keywords_zh) | set(link.keywords_en) <= set(owner.words)
        assert set(owner.confusable) == {
            reference.links[other].number for other in link.confusable_with
        }
    assert len({owner.group for owner in owners}) == len(reference.chains)


def test_names_that_stand_by_themselves_are_words(reference: Reference) -> None:
    owners = link_owners(reference.links.values())
    for link_id, word in (
        ("ic.eda", "EDA tools"),
        ("nev.body", "一体化压铸"),
        ("battery.separator", "Separators"),
        ("ic.photoresist", "光刻胶及配套试剂"),
        ("ai.indsoft", "工业软件"),
        ("agrifood.dairy", "乳制品"),
    ):
        assert word in owners[reference.links[link_id].number].words


def test_names_that_need_their_chain_are_not(reference: Reference) -> None:
    owners = link_owners(reference.links.values())
    for link_id, word in (
        ("pv.test", "检测认证"),
        ("pv.test", "Testing and certification"),
        ("envpro.hyd", "Hydrogen equipment"),
        ("meddev.optic", "Optical components"),
        ("ic.pkg", "Packaging"),
    ):
        assert word not in owners[reference.links[link_id].number].words
