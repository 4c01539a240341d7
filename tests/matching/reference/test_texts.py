"""Texts of a folder; the rows are made for the tests, their wording is invented."""

import re
from pathlib import Path

import pytest

from matching.reference.loader import load_reference, with_texts
from matching.reference.texts import GuidanceCategory, GuidanceItem, Texts, load_texts

NATIONAL = (
    "edition,item_no,section_zh,gb4754_section,gb4754_division,item_zh,provenance\n"
    "2025,1,农业,A,,蓝苹果种植,public_listing\n"
    "2025,2,制造业,C,35,纸月亮制造装备,public_listing\n"
    "2025,3,制造业,C,35,木星环清扫机,public_listing\n"
)
REGIONAL = (
    "edition,province_code,item_no,item_zh,repaired\n"
    "2025,62,7,沙漠灯塔,false\n"
    "2025,63,7,高原帆船,true\n"
)
GUIDANCE = (
    "category,section_zh,item_no,item_zh,suspect,provenance,source_note\n"
    "restricted,轻工,7,方轮自行车,false,public_listing,\n"
    "eliminated,轻工,7,石制降落伞,true,public_listing,damaged\n"
)
FILES = {
    "encouraged_national.csv": NATIONAL,
    "encouraged_regional.csv": REGIONAL,
    "industry_guidance_2024.csv": GUIDANCE,
}
REFERENCE = load_reference()


def folder_of(tmp_path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    return tmp_path


def texts_in(tmp_path: Path, files: dict[str, str] = FILES) -> Texts:
    texts = load_texts(folder_of(tmp_path, files))
    assert texts
    return texts


def test_all_three_files_are_read(tmp_path: Path) -> None:
    texts = texts_in(tmp_path)
    assert texts.edition == "2025"
    assert texts.national == {"1": "蓝苹果种植", "2": "纸月亮制造装备", "3": "木星环清扫机"}
    assert texts.regional == {("62", "7"): "沙漠灯塔", ("63", "7"): "高原帆船"}
    assert texts.divisions == {"35"}
    assert texts.guidance == (
        GuidanceItem(GuidanceCategory.RESTRICTED, "7", "轻工", "方轮自行车", is_suspect=False),
        GuidanceItem(GuidanceCategory.ELIMINATED, "7", "轻工", "石制降落伞", is_suspect=True),
    )


def test_a_folder_with_none_of_the_files_has_no_texts(tmp_path: Path) -> None:
    assert load_texts(folder_of(tmp_path, {"other.csv": "a\n"})) is None


def test_what_is_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a folder"):
        load_texts(tmp_path / "absent")


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_optional_by_itself(tmp_path: Path, name: str) -> None:
    texts = texts_in(tmp_path, {name: FILES[name]})
    filled = (bool(texts.national), bool(texts.regional), bool(texts.guidance))
    assert filled == tuple(name == known for known in FILES)
    assert texts.edition == (None if name.startswith("industry") else "2025")


def test_the_digest_names_bytes_and_names_of_the_files_read(tmp_path: Path) -> None:
    digest = texts_in(tmp_path).digest
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", digest)
    (tmp_path / "other.csv").write_text("not read")
    assert texts_in(tmp_path).digest == digest
    changed = FILES | {"encouraged_national.csv": NATIONAL.replace("蓝苹果", "红苹果")}
    assert texts_in(tmp_path, changed).digest != digest
    (tmp_path / "encouraged_regional.csv").unlink()
    fewer = load_texts(tmp_path)
    assert fewer
    assert fewer.digest != digest


def test_a_byte_order_mark_of_a_spreadsheet_does_no_harm(tmp_path: Path) -> None:
    marked = {name: f"\ufeff{text}" for name, text in FILES.items()}
    assert texts_in(tmp_path, marked).national["1"] == "蓝苹果种植"


BROKEN = [
    ("encouraged_national.csv", "item_no,sec", "number,sec", "encouraged_national.csv row 1: col"),
    ("encouraged_national.csv", "item_zh,prov", "item_zh,page", "row 1: columns are"),
    ("encouraged_national.csv", "2025,2,", "2025,1,", "row 3 column item_no value '1': repeats"),
    ("encouraged_national.csv", "2025,2,", "2025,二,", "row 3 column item_no value '二': is not a"),
    ("encouraged_national.csv", "2025,2,", "2022,2,", "row 3 column edition value '2022': is not"),
    ("encouraged_national.csv", "2025,1,", ",1,", "row 2 column edition value '': is empty"),
    ("encouraged_national.csv", ",35,纸", ",3x,纸", "row 3 column gb4754_division value '3x'"),
    ("encouraged_national.csv", "蓝苹果种植", "", "row 2 column item_zh value '': is empty"),
    ("encouraged_national.csv", "蓝苹果种植", "蓝,苹果", "row 2: 8 cells for 7 columns"),
    ("encouraged_regional.csv", "2025,62", "2025,620", "row 2 column province_code value '620'"),
    ("encouraged_regional.csv", "2025,63", "2025,62", "row 3 column item_no value '7': repeats"),
    ("encouraged_regional.csv", "2025,62", "2022,62", "row 2 column edition value '2022'"),
    ("encouraged_regional.csv", "船,true", "船,yes", "row 3 column repaired value 'yes': is neith"),
    ("industry_guidance_2024.csv", "restricted", "forbidden", "row 2 column category value 'forb"),
    ("industry_guidance_2024.csv", "eliminated,轻工", "eliminated,", "row 3 column section_zh"),
    ("industry_guidance_2024.csv", "伞,true", "伞,", "row 3 column suspect value ''"),
]


@pytest.mark.parametrize(("name", "good", "bad", "message"), BROKEN)
def test_a_broken_file_is_named_with_row_and_column(
    tmp_path: Path, name: str, good: str, bad: str, message: str
) -> None:
    assert good in FILES[name]
    broken = FILES | {name: FILES[name].replace(good, bad, 1)}
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        texts_in(tmp_path, broken)
    assert str(error.value).startswith(f"{name} row ")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "encouraged_national.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"encouraged_national\.csv is not CSV in UTF-8"):
        load_texts(tmp_path)


def test_the_reference_names_its_texts_in_digest_and_editions(tmp_path: Path) -> None:
    texts = texts_in(tmp_path)
    reference = with_texts(REFERENCE, texts)
    assert reference.texts is texts
    assert reference.links is REFERENCE.links
    assert (reference.editions["encouraged"], reference.editions["guidance"]) == ("2025", "2024")
    changed = FILES | {"encouraged_regional.csv": REGIONAL.replace("帆", "木")}
    other = with_texts(REFERENCE, texts_in(tmp_path, changed))
    digests = {REFERENCE.digest, reference.digest, other.digest}
    assert len(digests) == 3
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in digests)


def test_without_texts_the_reference_is_the_same() -> None:
    assert REFERENCE.texts is None
    assert with_texts(REFERENCE, None) is REFERENCE


def test_an_absent_guidance_catalogue_has_no_edition(tmp_path: Path) -> None:
    texts = texts_in(tmp_path, {"encouraged_national.csv": NATIONAL})
    assert "guidance" not in with_texts(REFERENCE, texts).editions


@pytest.mark.parametrize(
    ("name", "good", "bad", "message"),
    [
        ("encouraged_regional.csv", "2025,62", "2025,99", "encouraged_regional.csv: no such code"),
        ("encouraged_national.csv", ",35,", ",99,", "encouraged_national.csv: no such code as 99"),
    ],
)
def test_codes_the_reference_does_not_know_are_refused(
    tmp_path: Path, name: str, good: str, bad: str, message: str
) -> None:
    texts = texts_in(tmp_path, FILES | {name: FILES[name].replace(good, bad)})
    with pytest.raises(ValueError, match=re.escape(message)):
        with_texts(REFERENCE, texts)


def test_texts_of_another_edition_than_the_carried_numbers_are_refused(tmp_path: Path) -> None:
    older = {name: text.replace("2025,", "2022,") for name, text in FILES.items()}
    with pytest.raises(ValueError, match=re.escape("catalogue 2022: the links carry 2025's items")):
        with_texts(REFERENCE, texts_in(tmp_path, older))
