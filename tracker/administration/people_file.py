"""What a file of coordinators must be: e-mail address, name, unit, office phone."""

import re
from dataclasses import dataclass

from tracker.administration.limits import CODE_LENGTH, EMAIL_LENGTH, NAME_LENGTH
from tracker.administration.unit_file import FileProblem, check_cells
from tracker.change import RefusedError, checked_phone
from tracker.organisation.tree import UnitTree
from tracker.thai.phones import PHONE_LENGTH

HEADER = ("email", "name", "unit_code", "office_phone")
LIMITS = {
    "email": EMAIL_LENGTH, "name": NAME_LENGTH, "unit_code": CODE_LENGTH, "office_phone": PHONE_LENGTH,
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def is_email(text: str) -> bool:
    """Tell whether a text has the form of an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A coordinator as a file gives them."""

    line: int
    email: str
    name: str
    unit_code: str
    office_phone: str

    @property
    def address(self) -> str:
        """Return the e-mail address as accounts have it."""
        return self.email.strip().lower()


def check_people(rows: list[PersonRow], tree: UnitTree) -> list[FileProblem]:
    """Return what is wrong with rows: texts, addresses, names, units, and one person at one unit twice."""
    problems: list[FileProblem] = []
    seen: dict[tuple[str, str], int] = {}
    names: dict[str, tuple[str, int]] = {}
    for row in rows:
        if unfit := check_cells(row, LIMITS):
            problems += unfit
            continue
        key = (row.address, row.unit_code)
        name, line = names.setdefault(key[0], (row.name, row.line))
        if name != row.name:
            said = RefusedError("อีเมลนี้เป็นของ {name} ในบรรทัดที่ {line}", name=name, line=line)
            remedy = RefusedError("ใส่อีเมลของแต่ละคน บัญชีหนึ่งใช้ร่วมกันไม่ได้")
            problems.append(FileProblem(row.line, "email", row.email, said, remedy))
        if not is_email(row.email):
            remedy = RefusedError("ใส่อีเมลของหน่วยงาน เช่น somchai@example.go.th")
            problems.append(FileProblem(row.line, "email", row.email, RefusedError("อีเมลไม่ถูกต้อง"), remedy))
        if not row.name:
            said, remedy = RefusedError("ขาดชื่อ"), RefusedError("ใส่ชื่อและนามสกุล")
            problems.append(FileProblem(row.line, "name", "", said, remedy))
        try:
            checked_phone(row.office_phone, "office_phone")
        except RefusedError as wrong:
            said = RefusedError("หมายเลขโทรศัพท์ไม่ถูกต้อง")
            problems.append(FileProblem(row.line, "office_phone", row.office_phone, said, wrong))
        node = tree.by_code.get(row.unit_code)
        if node is None or node.closed_on is not None:
            remedy = RefusedError("ใส่รหัสของหน่วยงานที่เปิดอยู่ เช่น P001")
            said = RefusedError("ไม่พบหน่วยงานรหัสนี้")
            problems.append(FileProblem(row.line, "unit_code", row.unit_code, said, remedy))
        if key in seen:
            said = RefusedError("ซ้ำกับบรรทัดที่ {line}", line=seen[key])
            problems.append(FileProblem(row.line, "email", row.email, said, RefusedError("ลบแถวที่ซ้ำ")))
        seen.setdefault(key, row.line)
    return problems
