"""Many records at once: a file or pasted rows, the dry run, and the checked rows that come back sealed."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from flask import current_app, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from wtforms import HiddenField
from wtforms.validators import ValidationError

from tracker.change import Change, RefusedError
from tracker.session import begin_change, db
from tracker.web.clock import today
from tracker.web.fields import LongTextField, TextField
from tracker.web.forms import TrackerForm
from tracker.web.guards import actor
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy, refusal_text
from tracker.web.more_fields import UploadField
from tracker.web.pages import notice, render, render_form, see
from tracker.web.workbooks import (
    FileColumn,
    FileRow,
    Problem,
    Reading,
    UnreadableFileError,
    read_file,
    read_pasted,
)


class Keyed(Protocol):
    """A checked row, which knows itself again by a key."""

    @property
    def import_key(self) -> str | None:
        """Return the key, the same for the same row of the same file."""


Row = TypeVar("Row", bound=Keyed)
SEALED_FOR = 2 * 60 * 60
MOST_SEALED = 900_000
SHOWN_PROBLEMS = 200


class Either:
    """One of the file and the pasted rows is needed: the page says so at both, and where neither was sent."""

    field_flags: ClassVar = {"either": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse a page that sends nothing; it is said once, at the file."""
        if field is form.file and not field.file_name and not (form.pasted.typed or "").strip():
            raise ValidationError(
                _("ยังไม่ได้เลือกไฟล์ และยังไม่ได้วางข้อมูล เลือกไฟล์ที่กรอกแล้ว หรือวางแถวที่คัดลอกจาก Excel")
            )


class SendForm(TrackerForm):
    """Send a file of records, or paste rows of it."""

    file = UploadField(
        lazy("ไฟล์ Excel หรือ CSV"),
        required=False,
        accept=".xlsx,.csv",
        description=lazy("ใช้แบบฟอร์มที่ดาวน์โหลดจากหน้านี้ ไม่เกิน 500 แถว"),
        validators=[Either()],
    )
    pasted = LongTextField(
        lazy("หรือวางแถวที่คัดลอกจาก Excel"), limit=400_000, required=False,
        description=lazy("เรียงคอลัมน์ตามแบบฟอร์ม มีหรือไม่มีหัวตารางก็ได้"), render_kw={"rows": 4},
        validators=[Either()],
    )  # fmt: skip
    on_behalf_reason = TextField(lazy("เหตุผลที่บันทึกแทนหน่วยงาน"), limit=500)


class ConfirmForm(TrackerForm):
    """Save the rows that were checked; they come back sealed, and `also` ticks some of those set aside."""

    sealed = HiddenField()


@dataclass(frozen=True, slots=True)
class Differing:
    """A record that a row of a file names again with something else: its id, its name, and what differs."""

    id: int
    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Similar(Generic[Row]):
    """A row that may be written already, and the record that it is like: its id and its name."""

    row: Row
    id: int
    title: str


@dataclass
class Checkup(Generic[Row]):
    """What a file would do: the rows to write, those written already, and what is wrong.

    Of the rows `written` already `known` count, `withdrawn` do not, and `differing` say something else now.
    The rows `similar` to a record are written only when somebody says so. `unread` are sheets of the file.
    """

    rows: list[Row] = field(default_factory=list)
    similar: list[Similar[Row]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    known: int = 0
    written: list[Row] = field(default_factory=list)
    withdrawn: int = 0
    differing: list["Differing"] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def set_aside(self, like: Callable[[Row], tuple[int, str] | None]) -> None:
        """Take out of the rows those that are like a record, which `like` names by its id and its name."""
        found = [(row, like(row)) for row in self.rows]
        self.rows = [row for row, record in found if record is None]
        self.similar = [Similar(row, *record) for row, record in found if record is not None]


@dataclass(frozen=True)
class Sending(Generic[Row]):
    """How one kind of record is sent: its columns, how a row is sealed, and the pages.

    `name` tells the seals of one kind of record from those of another.
    """

    name: str
    columns: Sequence[FileColumn]
    to_plain: Callable[[Row], dict[str, Any]]
    from_plain: Callable[[dict[str, Any]], Row]
    send_page: str
    check_page: str
    prefilled: frozenset[str] = frozenset()

    def _seal(self, place: int) -> URLSafeTimedSerializer:
        salt = f"{self.name}.{place}.upload.{actor().person_id}"
        return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=salt)

    def _reading(self, form: SendForm) -> Reading:
        if form.file.file_name:
            return read_file(form.file.content, form.file.file_name, self.columns, prefilled=self.prefilled)
        return read_pasted(form.pasted.typed or "", self.columns, prefilled=self.prefilled)

    def answer(
        self, form: SendForm, check: Callable[[Change, Reading], Checkup[Row]], *, place: int, **context: Any
    ) -> ResponseReturnValue:
        """Show the form, every problem of what was sent (422), or what would be saved; nothing is written.

        `place` is the id of the record to which the rows belong: what was checked there is saved only there.
        """
        context |= {"columns": self.columns, "problems": []}
        if not form.validate_on_submit():
            return render_form(self.send_page, form, **context)
        try:
            checkup = check(Change(db(), actor(), datetime.now(UTC), today()), self._reading(form))
        except UnreadableFileError as unreadable:
            checkup = Checkup(problems=[unreadable.problem])
        except RefusedError as refusal:
            form.refuse(refusal)
            return render_form(self.send_page, form, **context)
        if checkup.problems:
            context |= {
                "problems": checkup.problems[:SHOWN_PROBLEMS],
                "count": len(checkup.problems),
                "pasted": not form.file.file_name,
            }
            return render(self.send_page, form=form, **context), 422
        aside = [one.row for one in checkup.similar]
        sealed = self._seal(place).dumps(
            [[self.to_plain(row) for row in rows] for rows in (checkup.rows, aside)]
        )
        if len(sealed) > MOST_SEALED:
            form.form_errors = [_("ข้อความยาวเกินกว่าที่รับได้ในครั้งเดียว แบ่งส่งหลายครั้ง")]
            return render_form(self.send_page, form, **context)
        confirm = ConfirmForm(formdata=None, data={"sealed": sealed})
        return render(self.check_page, **{**context, "form": confirm, "checkup": checkup})

    def save(
        self,
        do: Callable[[Change, list[Row]], Sequence[Any]],
        *,
        place: int,
        said: Callable[[int], str],
        undo: Callable[[int], str],
        to: str,
        back: str,
    ) -> ResponseReturnValue:
        """Save the rows that were checked: all or none; `back` is where to send the file again.

        `undo` gives the address that takes all of them back, from the id of the first.
        """
        also = set(request.form.getlist("also"))
        try:
            plain, aside = self._seal(place).loads(ConfirmForm().sealed.data or "", max_age=SEALED_FOR)
            plain += [row for at, row in enumerate(aside) if str(at) in also]
            with begin_change() as change:
                made = do(change, [self.from_plain(row) for row in plain]) if plain else []
        except BadData:
            notice(_("หน้าตรวจไฟล์เปิดไว้นานเกินไป ส่งไฟล์อีกครั้ง ยังไม่มีอะไรถูกบันทึก"), kind="error")
            return see(back)
        except RefusedError as refusal:
            notice(refusal_text(refusal), kind="error")
            return see(back)
        nothing = _("ทุกแถวบันทึกไว้แล้ว ไม่มีอะไรเพิ่ม") if plain else _("ไม่ได้เลือกแถวใด ไม่มีอะไรเพิ่ม")
        notice(said(len(made)) if made else nothing, undo=undo(made[0].id) if made else None)
        return see(to)


def at_once(
    do: Callable[[Change], Sequence[Any]],
    *,
    said: Callable[[int], str],
    undo: str | None = None,
    to: str,
    refused: str,
) -> ResponseReturnValue:
    """Take back, or put back, all that one file wrote, with one press; `refused` is where to go if not."""
    try:
        with begin_change() as change:
            done = do(change)
    except RefusedError as refusal:
        notice(refusal_text(refusal), kind="error")
        return see(refused)
    if not done:
        notice(_("ทุกรายการถูกแก้ไข ยกเลิก หรือกู้คืนไปแล้ว จึงไม่มีอะไรเปลี่ยน"))
        return see(refused)
    notice(said(len(done)), undo=undo)
    return see(to)


def checkup_of(
    reading: Reading,
    read: Callable[[FileRow], Row | None],
    problems: list[Problem],
    *,
    known: Callable[[set[str]], Collection[str | None]],
    column: str,
    remedy: str,
) -> Checkup[Row]:
    """Check every row of a file: all problems at once, or rows ready to be written.

    `read` gives a row checked, or None and tells `problems` why; `known` those keys that were written
    before: such rows are counted, not given. A row twice in the file is a problem of its `column`.
    """
    checkup: Checkup[Row] = Checkup(problems=list(reading.problems), unread=reading.unread)
    broken = {(problem.sheet, problem.cell) for problem in reading.problems}
    first: dict[str, FileRow] = {}
    for row in reading.rows:
        if broken & {(row.sheet, row.cell(key)) for key in row.cells}:
            continue
        made = read(row)
        if made is None or made.import_key is None:
            continue
        if made.import_key in first:
            problems.append(row.problem(column, _same_as(first[made.import_key], row), remedy))
        first.setdefault(made.import_key, row)
        checkup.rows.append(made)
    checkup.problems += problems
    written = known(set(first))
    checkup.written = [row for row in checkup.rows if row.import_key in written]
    checkup.known = len(checkup.written)
    checkup.rows = [row for row in checkup.rows if row.import_key not in written]
    return checkup


def _same_as(first: FileRow, row: FileRow) -> str:
    if first.sheet == row.sheet:
        return _("แถวนี้ซ้ำกับแถวที่ %(row)s", row=first.number)
    return _("แถวนี้ซ้ำกับแถวที่ %(row)s ของแผ่นงาน %(sheet)s", row=first.number, sheet=first.sheet)


def row_key(place: str, values: Mapping[str, object]) -> str:
    """Return the key by which a row of a file is known again: where it belongs and what it says."""
    plain = {name: str(value) for name, value in values.items() if value not in (None, "", ())}
    text = json.dumps([place, plain], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
