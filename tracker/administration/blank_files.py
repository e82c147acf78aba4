"""Empty files of units and of coordinators to fill in, under the header that the import reads."""

from collections.abc import Iterable
from typing import IO

from tracker.administration.people_file import HEADER as PEOPLE_HEADER
from tracker.administration.unit_file import HEADER as UNIT_HEADER
from tracker.organisation.tree import UnitTree
from tracker.web.blank_workbooks import blank_workbook
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.workbooks import FileColumn

WIDTHS = {"name_th": 40, "name_en": 40, "email": 32, "name": 32, "office_phone": 24}
LONGEST_LIST = 255  # characters of a drop-down that Excel takes


def _columns(header: Iterable[str]) -> list[FileColumn]:
    return [FileColumn(name, (name, name)) for name in header]


def write_blank_units(target: IO[bytes], tree: UnitTree) -> None:
    """Write a file of units with no unit; its cells offer the levels and kinds that there are."""
    with blank_workbook(target, _("หน่วยงาน"), _columns(UNIT_HEADER), WIDTHS) as blank:
        blank.style(UNIT_HEADER, {"num_format": "@"})
        for key, known in (("level", tree.levels), ("kind", tree.kinds)):
            if len(",".join(known)) <= LONGEST_LIST:
                blank.offer(key, list(known))
        blank.explain(
            [
                _("1 แถว 1 หน่วยงาน ไม่แก้หัวคอลัมน์"),
                _("รหัสเดิมคือหน่วยงานเดิม parent_code คือรหัสของต้นสังกัด"),
                *(f"level: {code} = {named(level)}" for code, level in tree.levels.items()),
                *(f"kind: {code} = {named(kind)}" for code, kind in tree.kinds.items()),
            ]
        )


def write_blank_people(target: IO[bytes]) -> None:
    """Write a file of coordinators with nobody in it."""
    with blank_workbook(target, _("ผู้ประสานงาน"), _columns(PEOPLE_HEADER), WIDTHS) as blank:
        blank.style(PEOPLE_HEADER, {"num_format": "@"})
        blank.explain(
            [
                _("1 แถว 1 ผู้ประสานงาน ไม่แก้หัวคอลัมน์"),
                _("ทุกคนในไฟล์ได้บทบาทผู้ประสานงานของหน่วยงานใน unit_code บทบาทอื่นให้จากหน้าของแต่ละคน"),
            ]
        )
