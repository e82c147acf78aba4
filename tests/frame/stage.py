"""A stage for templates: the globals every page may use, stand-ins for fields and for the frame."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from wtforms import BooleanField, Form, HiddenField, IntegerField, PasswordField, SelectField, StringField
from wtforms.fields import SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from tracker.web.assets import icon_writer
from tracker.web.choice_tags import init_choice_tags
from tracker.web.marks import init_marks

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "tracker" / "static"


def environment() -> jinja2.Environment:
    """Build an environment as strict as can be: an undefined name is an error."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(lambda s: s, lambda s, p, n: s if n == 1 else p, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    env.globals.update(
        url_for=lambda endpoint, filename="", **_: f"/static/{filename}" if filename else f"/{endpoint}",
        asset=lambda name: f"/static/{name}",
        icon_tag=icon_writer(lambda name: f"/static/{name}"),
        csrf_token=lambda: "token",
        named=lambda thing, form="name": getattr(thing, f"{form}_th"),
    )
    env.filters.update(
        day=lambda d: f"{d.day} มิ.ย. {d.year + 543}",
        day_short=lambda d: f"{d.day} มิ.ย. {(d.year + 543) % 100}",
        day_long=lambda d: f"{d.day} มิถุนายน {d.year + 543}",
        moment=lambda m: f"{m.day} มิ.ย. {m.year + 543} เวลา {m:%H.%M} น.",
        number=lambda n: f"{n:,}",
    )
    init_choice_tags(env)
    init_marks(env)
    return env


def place(
    key: str, label: str, icon: str, *, current: bool = False, primary: bool = False
) -> SimpleNamespace:
    """Make one place of the navigation."""
    return SimpleNamespace(url=f"/{key}", key=key, label=label, icon=icon, current=current, primary=primary)


def shell() -> SimpleNamespace:
    """Make what the frame needs to know about the page and the person."""
    home = place("home", "งานของหน่วยงาน", "check2-square", current=True)
    overview = place("overview", "ภาพรวม", "grid-3x3")
    others = [
        place("activities", "กิจกรรม", "journal-text"),
        place("register", "คุณอำนวย", "people"),
        place("sharing", "วัน Share and Show", "easel2"),
        place("reporting", "รายงาน", "file-earmark-text"),
        place("administration", "ผู้ดูแลระบบ", "gear"),
    ]
    names = ["ทดลองทำในกลุ่มเล็ก", "ระดับเรือนจำ/ระดับกอง", "กลุ่มเรือนจำ", "ทั้งกรม", "ระดับประเทศ"]
    return SimpleNamespace(
        nav=[home, overview, *others],
        more=others,
        bottom=[home, place("new", "เพิ่มกิจกรรม", "plus-lg", primary=True), overview],
        stages=[
            SimpleNamespace(
                url="#", number=n, name=name, fiscal_year=2567 + n, current=n == 2, is_today=n == 2
            )
            for n, name in enumerate(names, 1)
        ],
        stage_label="ระยะที่ 2",
        units=[
            SimpleNamespace(url="#", name="ทุกหน่วยงาน", count=155, current=True),
            SimpleNamespace(url="#", name="เลือกหน่วยงานอื่น", count=None, current=False),
        ],
        unit_label="รจ.จ.ท่าไผ่เงิน",
        person=SimpleNamespace(name="มาลี ตั้งสมมติ", role_label="ผู้ประสานงาน KM"),
        languages=[
            SimpleNamespace(url="#", code="th", label="ไทย", current=True),
            SimpleNamespace(url="#", code="en", label="EN", current=False),
        ],
        search_url="/search",
        rail_foot=["กรมราชทัณฑ์สมมติ", "ข้อมูลสมมติเพื่อการสาธิต"],
        banner="วันซ้อม: 18 มิถุนายน 2569",
        announcements=["ส่งรายงานรอบ 9 เดือนภายใน 10 ก.ค. 2569"],
    )


def context(**more: Any) -> dict[str, Any]:
    """Make what every page is given."""
    notice = SimpleNamespace(text="บันทึกกิจกรรมแล้ว", undo_url="/undo", kind="success")
    return {"shell": shell(), "typed": "", "lang": "th", "notices": lambda: [notice], **more}


class DateStandIn(StringField):
    """A date of three selects, as the real field offers them."""

    widget_kind = "date"
    day_choices = range(1, 32)
    month_choices = ((1, "มกราคม"), (2, "กุมภาพันธ์"), (6, "มิถุนายน"))
    year_choices = (2568, 2569)
    day_value, month_value, year_value = 30, 2, 2569
    echo = "วันพฤหัสบดีที่ 18 มิถุนายน 2569"


class CountStandIn(IntegerField):
    """A number of people."""

    widget_kind = "count"
    unit_label = "คน"


class Choices(SelectField):
    """Answers side by side."""

    widget_kind = "choices"


class ManyChoices(SelectMultipleField):
    """Several answers at once."""

    widget_kind = "choices"
    multiple = True


class LongText(StringField):
    """Several lines."""

    widget_kind = "longtext"


class Unit(SelectField):
    """A unit of the tree."""

    widget_kind = "unit"


class Password(PasswordField):
    """A password."""

    widget_kind = "password"


class Check(BooleanField):
    """A tick."""

    widget_kind = "check"


STEPS = ["หัวข้อเรียนรู้", "คุณอำนวย", "จัดเก็บ", "คลังสมอง", "เผยแพร่", "องค์กรเรียนรู้", "นวัตกรรม"]
KINDS = {3: ["สัมภาษณ์", "วง CoP", "AAR"], 4: ["ประชุมคลังสมอง", "ประชุมร่วมทุกฝ่าย"]}


class ActivityForm(Form):
    """A form with one field of every kind."""

    version = HiddenField()
    title = StringField("ชื่อเรื่อง", [InputRequired()], description="ทำอะไร เรื่องอะไร")
    step = Choices(
        "ขั้นตอน",
        [InputRequired()],
        choices=[SelectChoice(str(n), name, {"data-no": n}) for n, name in enumerate(STEPS, 1)],
    )
    kind = Choices(
        "ประเภท",
        [InputRequired()],
        choices=[
            SelectChoice(f"{n}{i}", name, {"data-step": n}, STEPS[n - 1])
            for n, names in KINDS.items()
            for i, name in enumerate(names)
        ],
    )
    held_on = DateStandIn("วันที่จัด", [InputRequired()])
    outcome = LongText("ผลที่ได้", [Optional()], description="ได้ความรู้อะไร นำไปปรับงานใด")
    people = CountStandIn("จำนวนผู้เข้าร่วม", [Optional()])
    leaders = ManyChoices(
        "คุณอำนวยที่นำวง", [Optional()], choices=[SelectChoice("1", "มาลี ก"), SelectChoice("2", "สมพร ข")]
    )
    unit = Unit("หน่วยงาน", [InputRequired()], choices=[SelectChoice("U1", "กองคลัง", None, "หน่วยงานส่วนกลาง")])
    far_unit = Unit(
        "หน่วยงานอื่น", [Optional()], choices=[SelectChoice(f"U{n}", f"เรือนจำที่ {n}") for n in range(50)]
    )
    password = Password("รหัสผ่าน", [Optional()])
    read = Check("อ่านแล้ว", [InputRequired()])


def filled_form(*, wrong: bool) -> ActivityForm:
    """Make the form as it comes back: with two errors, or none."""
    typed = {
        "title": '<b>"วง CoP"</b>',
        "step": "4",
        "kind": "40",
        "version": "3",
        "people": 6,
        "leaders": ["1"],
    }
    form = ActivityForm(data=typed)
    if wrong:
        form.title.errors = ["ลบเลข 13 หลักออก ระบบไม่เก็บเลขประจำตัวประชาชน"]
        form.held_on.errors = ["เดือนกุมภาพันธ์ 2569 มี 28 วัน เลือกวันที่ใหม่"]
        form.form_errors = ["ระยะนี้ปิดแล้ว"]
    return form


TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 9, 12, tzinfo=UTC)
