"""Many entries of an event at once: the columns, the rows checked one by one, and the form to fill in."""

from collections.abc import Collection
from typing import IO, Any

from tracker.change import Change, RefusedError
from tracker.organisation.tree import UnitNode, UnitTree, unit_tree
from tracker.sharing.models import Event
from tracker.sharing.operations_entries import entries_reason
from tracker.sharing.operations_many import EntryValues, entry_columns, known_entries
from tracker.sharing.queries_record import entries_like
from tracker.sharing.texts import entry_values
from tracker.thai.text import search_text
from tracker.web.blank_workbooks import blank_workbook
from tracker.web.i18n import gettext as _
from tracker.web.i18n import refusal_text
from tracker.web.unit_field import proposal
from tracker.web.uploads import Checkup, checkup_of, row_key
from tracker.web.workbooks import LISTS_SHEET, FileColumn, FileRow, Problem, Reading, as_text, as_words

COLUMNS = (
    FileColumn("name", ("ชื่อผลงาน", "Entry"), required=True),
    FileColumn("unit", ("หน่วยงานที่นำเสนอ", "Presenting unit"), required=True),
    FileColumn("presenter", ("ผู้นำเสนอ", "Presenter")),
    FileColumn("change", ("เปลี่ยนอะไรให้ดีขึ้น", "What it changes")),
    FileColumn("award", ("รางวัล", "Award")),
)
WIDTHS = {"name": 44, "unit": 40, "presenter": 28, "change": 56, "award": 18}
_SEVERAL = -1


class _RowReader:
    """Reads the rows of one file; what is wrong with a row is added to `problems`."""

    def __init__(self, change: Change, event: Event, reason: str) -> None:
        self.change, self.event, self.reason = change, event, reason
        self.tree: UnitTree = unit_tree(change.session)
        self.problems: list[Problem] = []
        self._units: dict[str, int] = {}
        for node in self.tree:
            for name in {node.name_th, node.name_en, node.short_th, node.short_en} - {""}:
                key = search_text(name)
                self._units[key] = node.id if self._units.get(key, node.id) == node.id else _SEVERAL

    def unit(self, row: FileRow) -> UnitNode | None:
        """Return the unit of a row, by its code, its code and name as the list has it, or its name."""
        text = as_text(row.cells.get("unit"))
        node = self.tree.by_code.get(text.split(" ", 1)[0]) or self.tree.by_code.get(text.upper())
        if node is None and text:
            node = self.tree.get(self._units.get(search_text(text), _SEVERAL))
        if node is None:
            sentence = _("ไม่พบหน่วยงานนี้ หรือมีหลายหน่วยงานชื่อนี้") if text else _("ไม่มีหน่วยงานที่นำเสนอ")
            remedy = _("เลือกจากรายการ หรือพิมพ์รหัสหน่วยงาน เช่น %(code)s", code=self._example())
            self.problems.append(row.problem("unit", sentence, remedy))
        return node

    def _example(self) -> str:
        return proposal(self.tree[self.event.unit_id])

    def values(self, row: FileRow) -> EntryValues | None:
        """Return a row's values, checked as if it were entered; None when something is wrong."""
        node = self.unit(row)
        said = {name: as_words(row.cells.get(name)) for name in ("name", "presenter", "change", "award")}
        texts = {name: self._text(row, name, text) for name, text in said.items()}
        if node is None or None in texts.values():
            return None
        key = row_key(f"event {self.event.id} {node.code}", texts)
        stored = {name: text or "" for name, text in texts.items()}
        values = EntryValues(unit_id=node.id, import_key=key, on_behalf_reason=self.reason, **stored)
        try:
            entry_columns(self.change, self.event, values)
        except RefusedError as refusal:
            self._refused(row, "unit", refusal)
            return None
        return values

    def _text(self, row: FileRow, name: str, text: str) -> str | None:
        """Return one text as it is stored, or None once its problem is told."""
        try:
            return str(entry_values({name: text})[name])
        except RefusedError as refusal:
            self._refused(row, name, refusal)
            return None

    def _refused(self, row: FileRow, column: str, refusal: RefusedError) -> None:
        self.problems.append(row.problem(column, refusal_text(refusal), _("แก้แล้วส่งใหม่")))


def check_entries(
    change: Change, reading: Reading, event: Event, *, reason: str = ""
) -> Checkup[EntryValues]:
    """Check every row of a file without writing anything; refuse an event that takes no entries."""
    reader = _RowReader(change, event, entries_reason(change, event, reason))
    withdrawn: set[str] = set()

    def known(keys: set[str]) -> Collection[str]:
        found = known_entries(change, sorted(keys))
        withdrawn.update(key for key, stands in found.items() if not stands)
        return found

    checkup = checkup_of(
        reading,
        reader.values,
        reader.problems,
        known=known,
        column="name",
        remedy=_("ลบแถวนี้ หรือแก้ชื่อผลงานให้ต่างกัน"),
    )
    checkup.withdrawn = len(withdrawn)
    checkup.known -= checkup.withdrawn
    standing = entries_like(change.session, event.id)
    checkup.set_aside(lambda row: standing.get((row.unit_id, search_text(row.name))))
    return checkup


def as_plain(values: EntryValues) -> dict[str, Any]:
    """Return a checked row as JSON takes it, to be sealed."""
    names = ("name", "unit_id", "presenter", "change", "award", "on_behalf_reason", "import_key")
    return {name: getattr(values, name) for name in names}


def from_plain(plain: dict[str, Any]) -> EntryValues:
    """Return a row that was sealed."""
    return EntryValues(**plain)


def write_template(target: IO[bytes], event: Event, nodes: list[UnitNode]) -> None:
    """Write the workbook of an event: one row an entry, the units offered by code and name."""
    with blank_workbook(target, _("ผลงาน"), COLUMNS, WIDTHS) as blank:
        blank.style(["name", "change"], {"text_wrap": True, "valign": "top"})
        units = blank.book.add_worksheet(_(LISTS_SHEET))
        units.set_column(0, 0, 60)
        units.write_column(0, 0, [proposal(node) for node in nodes])
        name = units.get_name().replace("'", "''")
        blank.offer("unit", f"='{name}'!$A$1:$A${max(len(nodes), 1)}")
        blank.explain(
            (
                _("แบบฟอร์มผลงานของ %(title)s", title=event.title),
                _("1 แถว 1 ผลงาน หัวที่มี * ต้องกรอก เลือกหน่วยงานจากรายการ หรือพิมพ์รหัสหน่วยงาน"),
                _("เล่าเป็นการทำงาน ไม่ระบุชื่อผู้ต้องขัง"),
                _("ไม่พิมพ์ข้อมูลลับ และชื่อผู้ต้องขัง ญาติ หรือผู้เสียหาย"),
                _("ส่งไฟล์เดิมซ้ำได้ แถวที่บันทึกแล้วจะไม่เพิ่มอีก"),
            )
        )
