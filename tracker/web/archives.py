"""Whether a workbook that somebody sent may be opened: bombs, entities and passwords are told first."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from tracker.web.i18n import gettext as _

MOST_PARTS = 300
MOST_BYTES = 60 * 1024 * 1024
MOST_RATIO = 200
MOST_TAGS = 600_000  # reading 5,000,000 took 45 s in which nobody else was answered
SMALL = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file: where, what stands there, why it cannot be, and what to do."""

    sheet: str
    cell: str
    value: str
    sentence: str
    remedy: str = ""


class UnreadableFileError(Exception):
    """A file cannot be read at all: a sentence and its remedy, in the request's language."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.problem = Problem("", "", "", str(sentence), str(remedy))


def is_workbook(data: bytes) -> bool:
    """Tell whether the data are a workbook, or once were: a zip, or Microsoft's older container."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def _bomb() -> UnreadableFileError:
    return UnreadableFileError(
        _("ไฟล์นี้คลายแล้วใหญ่ผิดปกติ ระบบจึงไม่เปิด"),
        _("คัดลอกเฉพาะแถวที่กรอก ไม่เกิน 500 แถว ไปวางในแบบฟอร์มเปล่า แล้วส่งใหม่"),
    )


def broken_file() -> UnreadableFileError:
    """Return what is said of a workbook that cannot be read."""
    return UnreadableFileError(_("ไฟล์นี้เสีย หรือไม่ใช่ไฟล์ Excel"), _("เปิดใน Excel แล้วบันทึกใหม่เป็น .xlsx"))


def _locked() -> UnreadableFileError:
    return UnreadableFileError(_("ไฟล์นี้ล็อกด้วยรหัสผ่าน"), _("เปิดใน Excel เอารหัสผ่านออก แล้วบันทึกใหม่"))


def _check_ole(data: bytes) -> None:
    if not data.startswith(_OLE):
        return
    if _ENCRYPTED in data:
        raise _locked()
    raise UnreadableFileError(_("ไฟล์นี้เป็น Excel รุ่นเก่า (.xls)"), _("เปิดใน Excel แล้วบันทึกใหม่เป็น .xlsx"))


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise _locked()
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or total > MOST_BYTES:
        raise _bomb()
    for part in parts:
        if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise _bomb()
    if "xl/workbook.xml" not in archive.namelist():
        raise broken_file()


def _check_declarations(archive: zipfile.ZipFile) -> None:
    tags = 0
    for part in archive.infolist():
        content = archive.read(part)
        tags += content.count(b"<")
        if tags > MOST_TAGS:
            raise _bomb()
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        if any(word in content for word in _DECLARATIONS):
            raise UnreadableFileError(
                _("ไฟล์นี้มีคำสั่ง (DOCTYPE) ที่ไฟล์ Excel ไม่ควรมี ระบบจึงไม่เปิด"),
                _("คัดลอกเฉพาะแถวที่กรอกไปวางในแบบฟอร์มเปล่า แล้วส่งใหม่"),
            )


def open_workbook(data: bytes) -> Any:
    """Open a workbook for reading row by row, once it is seen to be safe; raise UnreadableFileError."""
    import openpyxl  # noqa: PLC0415  # heavy, and most requests read no workbook

    _check_ole(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive)
            _check_declarations(archive)
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except UnreadableFileError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it raise
        raise broken_file() from error
