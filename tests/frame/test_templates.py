"""The frame's templates compile, keep to the content security policy, and say what they should."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest
from jinja2.ext import babel_extract

from tests.frame.stage import NOW, STATIC, TEMPLATES, TODAY, context, environment, filled_form

OWN = [TEMPLATES / folder for folder in ("_layout", "_parts", "errors")]
PAGES = sorted(path for folder in OWN for path in folder.glob("*.html"))
ALL = sorted(TEMPLATES.rglob("*.html"))
STYLES = sorted(path for path in STATIC.rglob("*.css") if "vendor" not in path.parts)


def draw(source: str, **values: object) -> str:
    return environment().from_string(source).render(**context(**values))


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_template_compiles_and_keeps_to_the_policy(path):
    source = path.read_text(encoding="utf-8")
    environment().parse(source)
    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source)
    assert not re.search(r"(https?:)?//[a-z0-9.-]+\.[a-z]{2,}", source)
    assert "data:" not in source
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert len(source.splitlines()) <= 300


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_stylesheet_of_ours_asks_for_anything_outside(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"https?:|data:|//[a-z]", source)
    for target in re.findall(r"url\(([^)]+)\)", source):
        assert (path.parent / target.partition("?")[0]).is_file(), target


def test_every_stylesheet_of_ours_is_linked_by_every_page():
    head = environment().get_template("_layout/head.html").render()
    linked = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', head)
    assert sorted(linked) == sorted(str(path.relative_to(STATIC)) for path in STYLES)


def test_every_icon_that_is_named_is_in_the_sprite():
    sprite = (STATIC / "vendor" / "icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    source = "".join(path.read_text(encoding="utf-8") for path in ALL)
    named = set(re.findall(r'\bicon\("([^"]+)"', source))
    assert named <= drawn


def test_every_third_party_file_comes_with_its_licence():
    licences = {path.name.split("-")[0] for path in (STATIC / "vendor" / "LICENSES").iterdir()}
    assert licences >= {"bootstrap", "htmx", "sarabun"}


def thai_texts() -> set[str]:
    found: set[str] = set()
    for path in PAGES:
        with path.open("rb") as file:
            for _line, _function, message, _comments in babel_extract(
                file, ("_",), (), {"encoding": "utf-8"}
            ):
                found.add(str(message[0] if isinstance(message, tuple) else message))
    return found


def test_a_page_shows_the_person_the_banner_the_announcement_and_the_undo():
    page = draw('{% extends "_layout/base.html" %}{% block title %}ทดสอบ{% endblock %}')
    assert "<title>ทดสอบ · KM Milestone</title>" in page
    assert page.count("มาลี ตั้งสมมติ") == 3  # the menu's name, its sheet, the phone's sheet
    assert "วันซ้อม: 18 มิถุนายน 2569" in page
    assert "ส่งรายงานรอบ 9 เดือน" in page
    assert '<form method="post" action="/undo"><input type="hidden" name="csrf_token" value="token">' in page
    assert page.count('action="/signin.sign_out"') == 2


def test_a_signed_out_page_has_no_menus():
    page = draw('{% extends "_layout/base.html" %}{% block title %}x{% endblock %}', shell=None, notices=list)
    assert "<nav" not in page
    assert "sign_out" not in page


@pytest.mark.parametrize("layout", ["solo", "print"])
def test_the_other_layouts_stand_alone(layout):
    blocks = "{% block title %}x{% endblock %}{% block main %}<h1>x</h1>{% endblock %}"
    page = draw('{% extends "_layout/' + layout + '.html" %}' + blocks)
    assert "<h1>x</h1>" in page
    assert 'id="main"' in page


FORM = """{% from "_parts/forms.html" import form_open, error_summary, fields, actionbar %}
{{ error_summary(form) }}{{ form_open(form) }}{{ fields(form) }}{{ actionbar("บันทึก", "และเพิ่มอีก") }}</form>"""


def test_a_form_escapes_what_was_typed_and_keeps_its_hidden_fields():
    page = draw(FORM, form=filled_form(wrong=False))
    assert "&lt;b&gt;" in page
    assert "<b>&#34;วง" not in page
    assert '<input type="hidden" name="version" value="3">' in page
    assert "errsum" not in page


def test_each_error_is_linked_named_and_joined_to_its_control():
    page = draw(FORM, form=filled_form(wrong=True))
    assert "ยังบันทึกไม่ได้ มี 3 จุดต้องแก้" in page
    assert "สิ่งที่พิมพ์ไว้ยังอยู่ครบ" in page
    for target in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{target}"' in page
    assert 'aria-describedby="title-help title-error" aria-invalid="true"' in page
    assert page.count('class="field bad"') == 2


def test_only_fields_that_may_stay_empty_say_so():
    page = draw(FORM, form=filled_form(wrong=False))
    assert re.search(r'<label for="outcome">ผลที่ได้ <span class="optional">ไม่บังคับ</span>', page)
    assert '<label for="title">ชื่อเรื่อง</label>' in page


def test_no_id_is_written_twice_and_every_described_part_exists():
    page = draw(FORM, form=filled_form(wrong=True))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    named = {part for group in re.findall(r'aria-describedby="([^"]+)"', page) for part in group.split()}
    assert named <= set(ids)


def test_choices_are_chosen_and_kinds_follow_the_step():
    page = draw(FORM, form=filled_form(wrong=False))
    assert re.search(r'name="step" value="4" checked data-no="4"', page)
    assert re.search(r'<div class="kinds k4">.*?value="40" checked', page)
    assert 'type="checkbox" id="leaders-0" name="leaders" value="1" checked' in page


def test_a_long_list_of_units_is_typed_with_proposals():
    page = draw(FORM, form=filled_form(wrong=False))
    assert '<optgroup label="หน่วยงานส่วนกลาง">' in page
    assert page.count("<datalist") == 1
    assert 'list="far_unit-list"' in page


def test_a_date_is_three_selects_and_an_echo():
    page = draw(FORM, form=filled_form(wrong=False))
    assert re.search(r'name="held_on-day".*?<option value="30" selected>', page, re.DOTALL)
    assert '<option value="2" selected>กุมภาพันธ์</option>' in page
    assert '<p class="echo">วันพฤหัสบดีที่ 18 มิถุนายน 2569</p>' in page


def part(name: str, call: str, **values: object) -> str:
    macro = call.split("(", maxsplit=1)[0]
    return draw('{% from "_parts/' + name + '.html" import ' + macro + " %}{{ " + call + " }}", **values)


@pytest.mark.parametrize(("n", "shade"), [(0, 0), (38, 1), (39, 2), (77, 2), (78, 3), (116, 3), (117, 4)])
def test_a_cell_of_the_matrix_is_shaded_by_quarters(n, shade):
    assert f'class="cell q{shade}"' in part("matrix", "cell(n, 155, '#')", n=n)


@pytest.mark.parametrize(("k", "n", "shade"), [(0, 3, 0), (1, 3, 1), (2, 5, 2), (2, 3, 3), (3, 3, 4)])
def test_a_cell_of_the_heat_map_is_blank_only_when_complete(k, n, shade):
    assert f'<a class="q{shade}"' in part("heat", "heat_cell(k, n, 1, '#')", k=k, n=n)


def test_a_late_cell_says_so_in_words():
    cell = part("heat", "heat_cell(0, 3, 0, '#', late=True)")
    assert "เกินกำหนดตามแผน" in cell
    assert 'class="q0 late"' in cell


@pytest.mark.parametrize("values", [[], [5], [0, 0, 0], [3, 1, 2], [155] * 9])
def test_charts_stand_whatever_the_numbers_are(values):
    assert "nan" not in part("charts", "sparkline(values)", values=values)
    svg = part("charts", "trend(values, 155, 'u1', 'ขั้นตอนที่ 1', 'จาก 22 เป็น 148')", values=values)
    assert 'aria-labelledby="u1-t u1-d"' in svg
    assert 'id="u1-d"' in svg


def test_a_month_that_has_not_come_has_no_bar():
    months = [("ต.ค.", 118, "#"), ("พ.ย.", 0, "#"), ("ธ.ค.", None, "")]
    bars = part("charts", "month_bars(months)", months=months)
    assert bars.count("<rect") == 2
    assert bars.count('class="later"') == 1
    assert bars.count('class="part"') == 1


def test_a_unit_to_follow_shows_every_reason_and_no_script():
    row = part(
        "attention",
        "attention_row('<i>กองคลัง', '#', reasons, since, ('ผู้อำนวยการกองคลัง', '0 2000 0305', '020000305'))",
        reasons=[("late", "ขั้นตอนที่ 3 เกินกำหนดตามแผน 48 วัน"), ("silent", "ไม่มีบันทึกใหม่ 31 วัน")],
        since=date(2026, 5, 1),
    )
    assert "&lt;i&gt;" in row
    assert row.count('class="why"') == 2
    assert 'href="tel:020000305"' in row


def test_the_two_versions_mark_what_differs():
    rows = [("ชื่อเรื่อง", "ก", "ก", False), ("ผู้เข้าร่วม", "7", "", True)]
    page = part("diff", "diff(rows)", rows=rows)
    assert page.count("<mark>") == 2
    assert "ต่างกัน 1 แห่ง" in page


def test_an_error_page_says_what_to_do_and_carries_its_number():
    error = SimpleNamespace(
        status=403,
        heading="บัญชีนี้ไม่มีสิทธิ์เปิดหน้านี้",
        text="หน้านี้สำหรับฝ่ายเลขานุการ KM",
        advice="แจ้งผู้ดูแลระบบ",
        reference="7F3K-2M9Q",
        at=NOW,
        actions=[("/", "กลับไปงานของหน่วยงาน")],
    )
    page = environment().get_template("errors/error.html").render(**context(error=error))
    for text in ("403", error.heading, error.text, error.advice, error.reference, "กลับไปงานของหน่วยงาน"):
        assert text in page


def test_the_fallback_page_needs_only_its_number():
    page = environment().get_template("errors/fallback.html").render(error={"reference": "7F3K-2M9Q"})
    assert page.count("7F3K-2M9Q") == 2


def test_a_timeline_is_dated_in_both_ways():
    page = part("steps", "timeline([(on, 'ประชุม', None, 'ขั้นตอนที่ 4', True)])", on=TODAY)
    assert '<time datetime="2026-06-18">18 มิ.ย. 2569</time>' in page


def test_words_are_kept_whole_and_the_rest_is_escaped():
    text = part("text", "keep('<b>องค์กรแห่งการเรียนรู้')")
    assert text == '&lt;b&gt;องค์กรแห่งการ<span class="nw">เรียนรู้</span>'


@pytest.mark.parametrize(
    ("claim", "tone"), [("none", "none"), ("doing", "doing"), ("done", "done"), (2, "done")]
)
def test_a_claim_is_drawn_alike_from_its_stored_word_and_its_position(claim, tone):
    assert f"status-{tone}" in part("badges", "claim(value)", value=claim)
    row = part("steps", "step_row(1, 'x', '#', value, 2, 2)", value=claim)
    assert (' class="step ok"' in row) is (tone == "done")


def test_every_state_of_an_event_and_every_audience_has_its_own_words():
    states = {part("badges", "event_state(v)", v=v) for v in ("planned", "held", "summarised", "cancelled")}
    audiences = {part("badges", "audience(v)", v=v) for v in ("public", "department", "unit")}
    assert (len(states), len(audiences)) == (4, 3)
