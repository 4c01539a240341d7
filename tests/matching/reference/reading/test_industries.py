from pathlib import Path

import pytest

from matching.reference.reading.industries import (
    read_divisions,
    read_foreign,
    read_gb4754,
    read_gb_to_isic,
    read_high_tech,
    read_isic4,
    read_producer_services,
    read_sei,
    read_sei_by_gb,
    read_sei_by_link,
)
from matching.reference.records import (
    Coverage,
    Division,
    ForeignCode,
    GbCode,
    IsicCode,
    SeiField,
    SeiRelation,
)
from matching.vocabulary import CodeScheme, Kind, Provenance
from tests.matching.reference.folders import replace_file


def test_gb_codes_know_their_parent(tmp_path: Path) -> None:
    table = (
        "code,parent_code,section,level,name_zh,name_en,provenance\n"
        "C,,C,section,制造业,Manufacturing,public_listing\n"
        "39,C,C,division,电子设备制造业,,public_listing\n"
    )
    codes = read_gb4754(replace_file(tmp_path, "gb4754.csv", table))
    public = Provenance.PUBLIC_LISTING
    assert codes == {
        "C": GbCode("C", None, "C", "section", "制造业", "Manufacturing", public),
        "39": GbCode("39", "C", "C", "division", "电子设备制造业", None, public),
    }


def test_isic_codes_know_their_parent(tmp_path: Path) -> None:
    table = (
        "code,parent_code,section,level,name_en,provenance\n"
        "C,,C,section,Manufacturing,public_listing\n"
        "01,C,C,division,Growing,public_listing\n"
    )
    codes = read_isic4(replace_file(tmp_path, "isic4.csv", table))
    public = Provenance.PUBLIC_LISTING
    assert codes["C"] == IsicCode("C", None, "C", "section", "Manufacturing", public)
    assert codes["01"].parent_code == "C"


def test_crosswalk_is_sorted_by_rank_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    table = (
        "gb_code,isic_code,rank,provenance\n"
        "3985,2029,2,derived\n"
        "3985,2610,1,derived\n"
        "3971,2610,1,derived\n"
        "6520,2610,10,derived\n"
    )
    folder = replace_file(tmp_path, "gb_to_isic.csv", table)
    there, back = read_gb_to_isic(folder, {"3985", "3971", "6520"}, {"2029", "2610"})
    assert there["3985"] == (("2610", 1), ("2029", 2))
    assert back == {
        "2029": (("3985", 2),),
        "2610": (("3971", 1), ("3985", 1), ("6520", 10)),
    }


def test_one_pair_of_the_crosswalk_stands_once(tmp_path: Path) -> None:
    table = "gb_code,isic_code,rank,provenance\n1,2,1,derived\n1,2,2,derived\n"
    folder = replace_file(tmp_path, "gb_to_isic.csv", table)
    with pytest.raises(ValueError, match=r"gb_to_isic\.csv row 3 .* repeats row 2"):
        read_gb_to_isic(folder, {"1"}, {"2"})


def test_a_foreign_code_may_stand_in_two_schemes(tmp_path: Path) -> None:
    table = (
        "scheme,code,isic_codes,provenance\n"
        "nace2,26.11,2610,public_listing\n"
        "nace21,26.11,2610;2620,public_listing\n"
    )
    folder = replace_file(tmp_path, "foreign_to_isic.csv", table)
    first, second = read_foreign(folder, {"2610", "2620"})
    public = Provenance.PUBLIC_LISTING
    assert first == ForeignCode(CodeScheme.NACE2, "26.11", ("2610",), public)
    assert second == ForeignCode(CodeScheme.NACE21, "26.11", ("2610", "2620"), public)


def test_emerging_industries_and_their_classes(tmp_path: Path) -> None:
    fields = "code,parent_code,level,name_zh,provenance\n1,,1,甲,derived\n1.1,1,2,乙,derived\n"
    classes = (
        "gb_code,sei_code,coverage,provenance\n3985,1.1,partial,derived\n3985,1,partial,derived\n"
    )
    folder = replace_file(replace_file(tmp_path, "sei.csv", fields), "sei_by_gb.csv", classes)
    sei = read_sei(folder)
    assert sei["1.1"] == SeiField("1.1", "1", 2, "乙", Provenance.DERIVED)
    assert sei["1"].parent_code is None
    assert read_sei_by_gb(folder, {"3985"}, sei) == {"3985": ("1.1", "1")}


def test_fields_of_a_link_full_ones_first(tmp_path: Path) -> None:
    table = (
        "link_id,sei_code,coverage,provenance,source_note\n"
        "a.one,1.1,partial,expert_draft,\na.one,F1,full,expert_draft,named there\n"
        "a.two,1.1,full,derived,\n"
    )
    folder = replace_file(tmp_path, "sei_by_link.csv", table)
    found = read_sei_by_link(folder, {"a.one", "a.two", "a.none"}, {"1.1", "F1"})
    draft = Provenance.EXPERT_DRAFT
    assert found["a.one"] == (
        SeiRelation("a.one", "F1", Coverage.FULL, draft, "named there"),
        SeiRelation("a.one", "1.1", Coverage.PARTIAL, draft, None),
    )
    assert [relation.sei_code for relation in found["a.two"]] == ["1.1"]
    assert "a.none" not in found


def test_flags_are_sets_of_known_classes(tmp_path: Path) -> None:
    replace_file(
        tmp_path,
        "high_tech.csv",
        "gb_code,family,provenance\n2710,manufacturing,derived\n6513,services,derived\n",
    )
    replace_file(tmp_path, "producer_services.csv", "gb_code,provenance\n7310,derived\n")
    assert read_high_tech(tmp_path, {"2710", "6513"}) == {"2710", "6513"}
    assert read_producer_services(tmp_path, {"7310"}) == {"7310"}
    with pytest.raises(ValueError, match="value '7310': refers to nothing known"):
        read_producer_services(tmp_path, {"2710"})


def test_a_class_is_flagged_once(tmp_path: Path) -> None:
    table = "gb_code,provenance\n7310,derived\n7310,derived\n"
    folder = replace_file(tmp_path, "producer_services.csv", table)
    with pytest.raises(ValueError, match="row 3 column gb_code value '7310': repeats row 2"):
        read_producer_services(folder, {"7310"})


def test_a_division_without_a_factor_kind_has_none(tmp_path: Path) -> None:
    table = (
        "code,name_zh,kind,disputed,high_energy,strategic_emerging,high_end_service,"
        "producer_service,high_tech_manufacturing,provenance\n"
        "26,化工,capital_intensive,true,true,false,false,false,true,derived\n"
        "65,软件,,false,false,true,true,true,false,derived\n"
    )
    divisions = read_divisions(replace_file(tmp_path, "divisions.csv", table), {"26", "65"})
    assert divisions["26"] == Division(
        code="26",
        name_zh="化工",
        kind=Kind.CAPITAL_INTENSIVE,
        disputed=True,
        high_energy=True,
        strategic_emerging=False,
        high_end_service=False,
        producer_service=False,
        high_tech_manufacturing=True,
        provenance=Provenance.DERIVED,
    )
    software = divisions["65"]
    assert software.kind is None
    assert software.strategic_emerging
    assert software.high_end_service
    assert software.producer_service
    assert not software.disputed
    assert not software.high_energy
    assert not software.high_tech_manufacturing
