"""The unit's own workbook to fill in: drop-downs of its steps, kinds and facilitators, days shown in B.E."""

from collections.abc import Sequence
from typing import IO, Any

from tracker.activities.workbook import COLUMNS, step_word, template_kinds
from tracker.facilitators.models import Facilitator
from tracker.organisation.tree import UnitNode
from tracker.programme.plan import Plan
from tracker.web.blank_workbooks import ROWS, blank_workbook
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.words import AUDIENCES
from tracker.web.workbooks import LISTS_SHEET
from tracker.web.writers import AD_DAY, BE_DAY

WIDTHS = {"held_on": 16, "step": 20, "kind": 26, "title": 50, "outcome": 50, "facilitators": 28, "link": 28}


def _lists(book: Any, plan: Plan, people: Sequence[Facilitator]) -> str:
    """Write what the drop-downs offer on a sheet of its own; return the range of the steps."""
    sheet = book.add_worksheet(_(LISTS_SHEET))
    sheet.set_column(0, 12, 24)
    words = [step_word(None), *(step_word(step) for step in plan.steps)]
    sheet.write_column(0, 0, words)
    name = sheet.get_name().replace("'", "''")
    for at, (number, kinds) in enumerate(template_kinds(plan), start=1):
        sheet.write_column(0, at, [named(kind) for kind in kinds])
        letter = chr(65 + at)
        book.define_name(f"kinds_{number}", f"='{name}'!${letter}$1:${letter}${max(len(kinds), 1)}")
    sheet.write_column(0, len(words) + 2, [person.name for person in people])
    return f"='{name}'!$A$1:$A${len(words)}"


def _how_to(unit: UnitNode) -> tuple[str, ...]:
    return (
        _("แบบฟอร์มกิจกรรมของ %(unit)s", unit=named(unit)),
        _("1 แถว 1 กิจกรรม หัวที่มี * ต้องกรอก เลือกขั้นตอนก่อน แล้วจึงเลือกประเภท"),
        _("วันที่พิมพ์เป็น พ.ศ. ได้ เช่น 18/6/2569 หรือ 18 มิ.ย. 2569"),
        _("คอลัมน์คุณอำนวยที่นำวง พิมพ์ชื่อให้ตรงทะเบียนคุณอำนวย คั่นหลายชื่อด้วยจุลภาค คนที่ยังไม่มี เพิ่มในทะเบียนก่อน"),
        _("ไม่พิมพ์ข้อมูลลับ และชื่อผู้ต้องขัง ญาติ หรือผู้เสียหาย"),
        _("ส่งไฟล์เดิมซ้ำได้ แถวที่บันทึกแล้วจะไม่เพิ่มอีก"),
    )


def write_template(target: IO[bytes], unit: UnitNode, plan: Plan, people: Sequence[Facilitator]) -> None:
    """Write the workbook that a unit fills in."""
    with blank_workbook(target, _("กิจกรรม"), COLUMNS, WIDTHS) as blank:
        day = AD_DAY if language() == "en" else BE_DAY
        blank.style(["held_on"], {"num_format": day, "align": "left"})
        blank.style(["title", "outcome"], {"text_wrap": True, "valign": "top"})
        blank.offer("step", _lists(blank.book, plan, people))
        blank.explain(_how_to(unit))
        blank.offer("kind", f'=INDIRECT("kinds_"&LEFT(${chr(65 + blank.places["step"])}2,1))')
        blank.offer("audience", [str(word) for word in AUDIENCES.values()])
        at = blank.places["unit"]
        for row in range(1, ROWS + 1):
            blank.sheet.write_string(row, at, unit.code)
        blank.sheet.set_column(at, at, None, None, {"hidden": True})
