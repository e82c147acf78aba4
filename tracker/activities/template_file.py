"""The unit's own workbook to fill in: drop-downs of its steps, kinds and facilitators, days shown in B.E."""

from collections.abc import Sequence
from typing import IO, Any

from tracker.activities.workbook import COLUMNS, step_word, template_kinds
from tracker.facilitators.models import Facilitator
from tracker.organisation.tree import UnitNode
from tracker.programme.plan import Plan
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.words import AUDIENCES
from tracker.web.writers import AD_DAY, BE_DAY

ROWS = 200
WIDTHS = {"held_on": 16, "step": 20, "kind": 26, "title": 50, "outcome": 50, "facilitators": 28, "link": 28}


def _lists(book: Any, plan: Plan, people: Sequence[Facilitator]) -> str:
    """Write what the drop-downs offer on a sheet of its own; return the range of the steps."""
    sheet = book.add_worksheet(_("รายการเลือก"))
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


def _header(book: Any, sheet: Any) -> None:
    style = {
        "bold": True,
        "bg_color": "#E4ECEB",
        "bottom": 1,
        "text_wrap": True,
        "font_name": "TH Sarabun New",
    }
    head = book.add_format({**style, "font_size": 14})
    for at, column in enumerate(COLUMNS):
        heading = column.headings[1 if language() == "en" else 0]
        sheet.write_string(0, at, f"{heading} *" if column.required else heading, head)
        sheet.set_column(at, at, WIDTHS.get(column.key, 18))


def _how_to(book: Any, unit: UnitNode) -> None:
    sheet = book.add_worksheet(_("วิธีกรอก"))
    sheet.set_column(0, 0, 100)
    lines = (
        _("แบบฟอร์มกิจกรรมของ %(unit)s", unit=named(unit)),
        _("1 แถว 1 กิจกรรม หัวที่มี * ต้องกรอก เลือกขั้นตอนก่อน แล้วจึงเลือกประเภท"),
        _("วันที่พิมพ์เป็น พ.ศ. ได้ เช่น 18/6/2569 หรือ 18 มิ.ย. 2569"),
        _("เพิ่มในทะเบียนคุณอำนวยก่อน หรือแก้ชื่อให้ตรงทะเบียน คั่นหลายชื่อด้วยจุลภาค"),
        _("ไม่พิมพ์ข้อมูลลับ และชื่อผู้ต้องขัง ญาติ หรือผู้เสียหาย"),
        _("ส่งไฟล์เดิมซ้ำได้ แถวที่บันทึกแล้วจะไม่เพิ่มอีก"),
    )
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line)


def write_template(target: IO[bytes], unit: UnitNode, plan: Plan, people: Sequence[Facilitator]) -> None:
    """Write the workbook that a unit fills in."""
    import xlsxwriter  # noqa: PLC0415  # heavy, and most requests write no workbook

    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("กิจกรรม"))
    _header(book, sheet)
    places = {column.key: at for at, column in enumerate(COLUMNS)}
    day = book.add_format({"num_format": AD_DAY if language() == "en" else BE_DAY, "align": "left"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(places["held_on"], places["held_on"], WIDTHS["held_on"], day)
    for key in ("title", "outcome"):
        sheet.set_column(places[key], places[key], WIDTHS[key], wrapped)
    steps = _lists(book, plan, people)
    _how_to(book, unit)
    last, step = ROWS, places["step"]
    message = {
        "error_type": "warning",
        "error_title": _("เลือกจากรายการ"),
        "error_message": _("เลือกจากรายการในเซลล์นี้"),
    }
    sheet.data_validation(1, step, last, step, {"validate": "list", "source": steps, **message})
    kinds = f'=INDIRECT("kinds_"&LEFT(${chr(65 + step)}2,1))'
    sheet.data_validation(
        1, places["kind"], last, places["kind"], {"validate": "list", "source": kinds, **message}
    )
    words = [str(word) for word in AUDIENCES.values()]
    sheet.data_validation(
        1, places["audience"], last, places["audience"], {"validate": "list", "source": words, **message}
    )
    for row in range(1, last + 1):
        sheet.write_string(row, places["unit"], unit.code)
    sheet.set_column(places["unit"], places["unit"], None, None, {"hidden": True})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
