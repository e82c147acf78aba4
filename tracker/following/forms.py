"""What people enter when they follow units: words, answers, calls, pauses, announcements."""

from tracker.web.fields import BeDateField, LongTextField, TextField
from tracker.web.forms import CreateForm, EditForm
from tracker.web.i18n import lazy


class WordForm(CreateForm):
    """A question or an encouragement to a unit."""

    text = LongTextField(lazy("ข้อความถึงหน่วยงาน"), limit=1000, render_kw={"rows": 3})


class AnswerForm(EditForm):
    """The unit's answer."""

    answer = LongTextField(lazy("คำตอบ"), limit=2000, render_kw={"rows": 4})


class CallForm(CreateForm):
    """A call that the office made."""

    called_on = BeDateField(lazy("วันที่ติดตาม"), past=True)
    note = LongTextField(
        lazy("ได้ความว่า"),
        limit=1000,
        required=False,
        description=lazy("พิมพ์ข้อความ หรือเลือกวันที่จะติดตามอีกครั้ง อย่างน้อยหนึ่งอย่าง"),
        render_kw={"rows": 3},
    )
    next_on = BeDateField(
        lazy("ติดตามอีกครั้ง"),
        required=False,
        description=lazy("จนถึงวันดังกล่าว หน่วยงานจะอยู่ท้ายรายการ"),
    )


class PauseForm(CreateForm):
    """A pause with its reason."""

    until = BeDateField(lazy("พักถึงวันที่"))
    reason = TextField(
        lazy("เหตุผล"), limit=500, description=lazy("เช่น น้ำท่วม เหตุไม่สงบ หน่วยงานยังนับรวมในจำนวนทั้งหมด")
    )


class _Line:
    text_th = TextField(lazy("ข้อความ"), limit=500)
    text_en = TextField(lazy("ข้อความภาษาอังกฤษ"), limit=500, required=False)
    since = BeDateField(lazy("ตั้งแต่วันที่"))
    until = BeDateField(lazy("ถึงวันที่"))


class AnnouncementForm(_Line, CreateForm):
    """A new line on every page."""


class EditAnnouncementForm(_Line, EditForm):
    """A line that stands already."""
