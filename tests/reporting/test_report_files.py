"""The report as files: the same rows everywhere, real cells, fonts that Word needs for Thai."""

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from tests.world import TODAY
from tracker.organisation.tree import unit_tree
from tracker.programme.plan import programme_plan
from tracker.progress.figures import scope_of
from tracker.reporting.blocks import Column, Paragraph, ReportTable
from tracker.reporting.docx_tables import LETTER, WIDTH, head_lines, widths
from tracker.reporting.files import paper_now, write_report
from tracker.reporting.happened import PAPER_ROWS
from tracker.reporting.paper import paper
from tracker.reporting.report import progress_report
from tracker.reporting.tables import report_tables
from tracker.reporting.words import typed_digits
from tracker.session import db
from tracker.web.tables import ColumnKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
START = date(2025, 10, 1)


@pytest.fixture
def report(app, make, session, actor_of):
    """Give the office's report with its annex, of a stage with more activities than paper shows."""
    for number in range(PAPER_ROWS + 2):
        make.activity("P001", title=f"=1+{number}", outcome="+cmd|' /C calc'!A0", held_on=date(2026, 3, 1))
    make.training("P001", make.facilitator("P001"))
    make.entry(make.event("P002"), "P001", taken_up_by=("P003",))
    session.commit()
    with app.app_context():
        tree = unit_tree(db())
        stage = programme_plan(db()).stage(2)
        assert stage is not None
        scope = scope_of(db(), stage, tree, TODAY)
        yield progress_report(db(), actor_of("office"), scope, START, date(2026, 6, 30), True)


def written(report, extension):
    target = io.BytesIO()
    write_report(report, extension, target)
    return target.getvalue()


def paragraphs(section):
    return [block for block in section.blocks if isinstance(block, Paragraph)]


def document(report):
    with zipfile.ZipFile(io.BytesIO(written(report, "docx"))) as archive:
        return {
            name: ET.fromstring(archive.read(name))
            for name in archive.namelist()
            if "word/" in name and name.endswith(".xml")
        }


def test_every_style_and_every_run_of_the_letter_has_its_complex_script_side(report):
    parts = document(report)
    styles = {s.get(f"{W}styleId"): s for s in parts["word/styles.xml"].iter(f"{W}style")}
    used = {
        styled.get(f"{W}val")
        for name, part in parts.items()
        if name.startswith(("word/document", "word/header"))
        for styled in part.iter(f"{W}pStyle")
    }

    assert len(used) >= 8
    for style in used:
        properties = styles[style].find(f"{W}rPr")
        fonts, language = properties.find(f"{W}rFonts"), properties.find(f"{W}lang")
        assert {fonts.get(f"{W}{side}") for side in ("ascii", "hAnsi", "cs", "eastAsia")} == {
            "TH Sarabun New"
        }
        assert not [name for name in fonts if name.endswith("Theme")]
        assert properties.find(f"{W}szCs").get(f"{W}val") == properties.find(f"{W}sz").get(f"{W}val")
        assert (properties.find(f"{W}bCs") is None) == (properties.find(f"{W}b") is None)
        assert language.get(f"{W}bidi") == "th-TH"
    bold = list(parts["word/document.xml"].iter(f"{W}b"))
    assert len(bold) == len(list(parts["word/document.xml"].iter(f"{W}bCs")))


def test_the_letter_is_a4_with_repeated_heads_and_thai_page_numbers(report):
    body = document(report)["word/document.xml"]
    tables = [t for t in body.iter(f"{W}tbl") if t.find(f".//{W}tblHeader") is not None]

    assert len(tables) == len(paper_now(report).tables)
    assert {s.get(f"{W}w") for s in body.iter(f"{W}pgSz")} == {"11906"}
    assert [n.get(f"{W}fmt") for n in body.iter(f"{W}pgNumType")] == ["thaiNumbers"] * 2


def test_the_letter_says_what_the_page_says(report):
    said = "\n".join(
        "".join(t.text or "" for t in p.iter(f"{W}t"))
        for p in document(report)["word/document.xml"].iter(f"{W}p")
    )
    made = paper_now(report)

    for line in (made.title, *made.lines, *(s.heading for s in made.sections), "ผู้รายงาน", "ผู้รับรอง"):
        assert line in said
    assert "รอบ ๙ เดือน (๑ ตุลาคม ๒๕๖๘ ถึง ๓๐ มิถุนายน ๒๕๖๙)" in said
    assert "ฉบับร่าง ข้อมูล ณ วันที่ ๑๘ มิถุนายน ๒๕๖๙" in said
    assert "ธงชัย" not in said


def test_the_workbook_has_a_sheet_for_each_part_with_all_its_rows(report):
    book = load_workbook(io.BytesIO(written(report, "xlsx")))
    made = paper_now(report)
    tables = report_tables(report, made)

    assert [sheet.title for sheet in book.worksheets[:-1]] == [table.name for table in tables]
    for sheet, table in zip(book.worksheets, tables, strict=False):
        assert sheet.max_row - 1 == len(list(table.rows)), table.name
    assert book["กิจกรรม"].max_row - 1 == report.happened.activities == PAPER_ROWS + 2
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert book["กิจกรรม"]["A2"].is_date
    assert made.title in [row[0].value for row in book.worksheets[-1].iter_rows()]


def test_paper_shows_the_last_activities_and_says_where_all_of_them_are(report):
    section = next(s for s in paper_now(report).sections if "กิจกรรม" in s.heading)

    assert len(section.tables[1].rows) == PAPER_ROWS
    titles = [str(row[3]).splitlines()[0] for row in section.tables[1].rows]
    assert titles == [f"=1+{number}" for number in range(2, PAPER_ROWS + 2)]
    assert "แสดง ๓๐ รายการล่าสุด จากทั้งหมด ๓๒ รายการ" in paragraphs(section)[-1].text


def test_every_list_begins_with_the_oldest_day_on_paper_and_in_the_workbook(report):
    made, book = paper_now(report), load_workbook(io.BytesIO(written(report, "xlsx")))
    lists = [table for table in made.tables if table.columns[0].kind == "day"]

    assert len(lists) == 4
    for table in lists:
        shown, every = ([str(row[0]) for row in rows] for rows in (table.rows, table.sheet().rows))
        sheet = [f"{row[0].value:%Y-%m-%d}" for row in book[table.name].iter_rows(min_row=2)]
        assert every == sheet == sorted(every)
        assert shown == every[-PAPER_ROWS:]


def test_no_word_of_a_head_of_the_letter_is_cut():
    assert head_lines("จำนวนหน่วยงาน", 2.2) == "จำนวน\nหน่วยงาน"
    assert head_lines("กำลังดำเนินการ", 2.2) == "กำลัง\nดำเนินการ"
    assert head_lines("กำลังดำเนินการ", 4) == "กำลังดำเนินการ"
    assert head_lines("หน่วยงานที่จัด", 1) == "หน่วยงานที่จัด"


def test_no_english_word_of_a_head_of_the_letter_is_cut():
    columns = (
        Column("Course", width=36), Column("Organised by", width=30),
        Column("Activities", ColumnKind.COUNT, 8), Column("First day", ColumnKind.DAY, 17),
        Column("Attended", ColumnKind.COUNT, 8),
    )  # fmt: skip
    given = widths(ReportTable("", "", columns, ()))

    assert sum(given) == pytest.approx(WIDTH)
    for column, width in zip(columns, given, strict=True):
        assert width > LETTER * max(map(len, column.heading.split())), column.heading


def test_an_office_phone_stands_on_one_line(report):
    [letter] = [xml for name, xml in document(report).items() if name == "word/document.xml"]
    texts = "".join(node.text or "" for node in letter.iter(f"{W}t"))

    assert "๐\u00a0๒๐๐๐\u00a0๐๐๐๒" in texts


def test_csv_is_one_long_table_without_formulas(report):
    lines = list(csv.reader(io.StringIO(written(report, "csv").decode("utf-8-sig"))))

    assert lines[0] == ["ส่วน", "แถวที่", "คอลัมน์", "ค่า"]
    assert not [line for line in lines if line[3].startswith(("=", "+"))]
    figures = {(line[1], line[2]): line[3] for line in lines if line[0] == "สรุปผล"}
    assert figures["1", "จากทั้งหมด"] == "7"


def test_no_other_format_is_written(report):
    with pytest.raises(ValueError, match="pdf"):
        write_report(report, "pdf", io.BytesIO())


def test_paper_says_who_made_it_when_and_from_which_data(report):
    made = paper(report, here=None, made_at=datetime(2026, 6, 18, 2, 12, tzinfo=UTC), rehearsal="วันซ้อม 18")

    assert made.origin[0] == "จัดทำโดย จันทร์ฉาย เลขาสมมติ เมื่อวันที่ ๑๘ มิ.ย. ๒๕๖๙ เวลา ๐๙.๑๒ น."
    assert "๑๘ มิถุนายน ๒๕๖๙" in made.origin[1]
    assert made.origin[2] == "วันซ้อม ๑๘"


def test_each_figure_says_how_it_is_counted(report):
    made = paper_now(report)
    leads = {block.lead for block in paragraphs(made.methods)}

    assert {str(row[0]) for row in made.sections[0].tables[0].rows} <= {
        lead.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")) for lead in leads
    }
    assert not re.search("[0-9]", "".join(block.text for block in paragraphs(made.methods)))


def test_numbers_that_belong_to_names_and_addresses_stay_as_typed():
    typed = "ครั้งที่ 54 เวลา 10.30 น. ตาม ISO 9001 โควิด COVID-19 ที่ https://x.example/12 รวม 1,200 คน"

    assert typed_digits(typed) == (
        "ครั้งที่ ๕๔ เวลา ๑๐.๓๐ น. ตาม ISO 9001 โควิด COVID-19 ที่ https://x.example/12 รวม ๑,๒๐๐ คน"
    )
