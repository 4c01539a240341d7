"""What an import or an export is about: which records, in which form, by which columns."""

from enum import StrEnum

from sqlmodel import Field

from models.base import InputShape
from models.edition import EditionHead


class RecordKind(StrEnum):
    """Which records a file holds (记录种类)."""

    INVESTORS = "investors"
    """投资者."""
    GAPS = "gaps"
    """弱链缺链."""
    ZONES = "zones"
    """高新区."""
    ENTERPRISES = "enterprises"
    """园区企业."""
    LINKS = "links"
    """产业链环节: the rows of an edition of the reference, as of the next two."""
    KEYWORDS = "keywords"
    """环节关键词."""
    ENCOURAGED = "encouraged"
    """鼓励目录条目."""


class FileFormat(StrEnum):
    """How a file is written (文件格式)."""

    CSV = "csv"
    """逗号分隔文本."""
    XLSX = "xlsx"
    """电子表格."""
    JSONL = "jsonl"
    """每行一个 JSON 对象."""


class ImportTask(InputShape):
    """What one import is to do; the file itself lies beside the job, a portion a row."""

    kind: RecordKind = Field(
        description="Which records: investors, gaps, zones or enterprises; or rows of an edition "
        "of the reference: links, keywords or encouraged"
    )
    dry_run: bool = Field(description="Whether everything is checked and nothing stored")
    format: FileFormat = Field(description="csv, xlsx or jsonl, as the file was found to be")
    file_name: str | None = Field(description="The name it was sent under; null = none of use")
    file_digest: str = Field(description="SHA-256 of the file, hexadecimal")
    file_bytes: int = Field(description="Size of the file, bytes")
    headers: list[str] = Field(description="Its columns as it names them; empty for jsonl")
    fields: list[str | None] = Field(
        description="The field each column goes to; null = left out; empty for jsonl"
    )
    edition: EditionHead | None = Field(
        default=None, description="The edition that its rows become; null = records"
    )


class ExportKind(StrEnum):
    """Which records to write out (导出种类)."""

    INVESTORS = "investors"
    """投资者: active ones."""
    GAPS = "gaps"
    """弱链缺链: those that are not closed."""
    ZONES = "zones"
    """高新区."""
    ENTERPRISES = "enterprises"
    """园区企业: those of the zones' lists, not those that landed by a lead."""
    LEADS = "leads"
    """线索: without persons and notes."""


class SheetFormat(StrEnum):
    """How a sheet is written (表格格式)."""

    CSV = "csv"
    """逗号分隔文本."""
    XLSX = "xlsx"
    """电子表格."""
