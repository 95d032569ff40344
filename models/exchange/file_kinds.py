"""The kinds of files as which a table can leave."""

from enum import StrEnum


class FileKind(StrEnum):
    """The kinds of files, by the ending of their names."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    JSON = "json"
