"""The list of activities: filters in the address, search, sorting, pages, exports; each counts the same."""

import csv
import io
from datetime import date, timedelta
from urllib.parse import quote

import openpyxl
import pytest

from tests.world import TODAY
from tracker.organisation.models import Audience, Manner
from tracker.thai.text import search_text


def titles(page) -> list[str]:
    return [link.text for link in page.html.select("table.ledger tbody th a")]


def rows_of(csv_page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_page.body.decode("utf-8-sig"))))


@pytest.fixture
def told(make):
    """Make a handful of different activities."""
    leader = make.facilitator("P002", name="วีระ ตัวอย่างชัย")
    post = make.post("P001")
    make.activity("P001", title="วง CoP ตรวจค้น", kind="s3_cop", held_on=date(2026, 5, 2), participants=9)
    make.activity(
        "P002", step=4, title="ประชุมคลังสมอง", kind="s4_meeting", facilitators=(leader,), participants=30,
        audience=Audience.PUBLIC,
    )  # fmt: skip
    make.activity("P005", title="สัมภาษณ์ผู้เกษียณ", kind="s3_interview", outcome="ได้ขุมความรู้ ๑๑ ข้อ")
    make.activity("P001-G1", title="เรื่องเล่าครัว", kind="s3_story", executives=((post, Manner.LED),))
    make.activity("D01", step=None, title="ให้ความรู้ KM", kind="ready", joined=("P005",))
    make.activity("P001", step=3, stage=1, title="ปีก่อน", kind="s3_aar", held_on=date(2025, 9, 1))


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("q=ตรวจค้น", {"วง CoP ตรวจค้น"}),
        ("q=ษณ", {"สัมภาษณ์ผู้เกษียณ"}),
        ("q=ข", {"สัมภาษณ์ผู้เกษียณ"}),
        ("q=11", {"สัมภาษณ์ผู้เกษียณ"}),
        ("q=แหลม", {"สัมภาษณ์ผู้เกษียณ", "ให้ความรู้ KM"}),
        ("q=วีระ", {"ประชุมคลังสมอง"}),
        ("q=100%25", set()),
        ("stage=1", {"ปีก่อน"}),
        ("step=4", {"ประชุมคลังสมอง"}),
        ("step=ready", {"ให้ความรู้ KM"}),
        ("unit=PG02", {"สัมภาษณ์ผู้เกษียณ"}),
        ("unit=P001&stage=2", {"วง CoP ตรวจค้น", "เรื่องเล่าครัว"}),
        ("unit=P001&only=own&stage=2", {"วง CoP ตรวจค้น"}),
        ("kind=s3_interview", {"สัมภาษณ์ผู้เกษียณ"}),
        ("audience=public", {"ประชุมคลังสมอง"}),
        ("from=2/5/2569&to=2026-05-02", {"วง CoP ตรวจค้น"}),
        ("month=2026-05", {"วง CoP ตรวจค้น"}),
        ("month=2569-05", {"วง CoP ตรวจค้น"}),
        ("month=2025-12", set()),
        ("counts=P001&stage=2", {"วง CoP ตรวจค้น", "เรื่องเล่าครัว"}),
        ("executive=1", {"เรื่องเล่าครัว"}),
        ("stage=99", set()),
        ("unit=NONE", set()),
        ("from=30/2/2569", set()),
        ("step=9223372036854775808", set()),
    ],
)
def test_a_filter_finds_and_the_export_has_the_same_rows(browser_as, told, address, found):
    browser = browser_as("executive")

    page = browser.get(f"/activities/?{quote(address, safe='=&%')}")

    assert set(titles(page)) == found
    assert page.html.select_one(".applied .tag") is not None
    exported = rows_of(browser.get(f"/activities/export.csv?{quote(address, safe='=&%')}"))[1:]
    assert {row[1] for row in exported} == found
    assert len(exported) == len(found)


def test_facilitators_filter_is_their_list(browser_as, told, session):
    from tracker.facilitators.models import Facilitator

    leader = session.query(Facilitator).one()

    assert titles(browser_as("head").get(f"/activities/?facilitator={leader.id}")) == ["ประชุมคลังสมอง"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("", "ให้ความรู้ KM"),
        ("day", "ปีก่อน"),
        ("title", "ประชุมคลังสมอง"),
        ("participants", "ประชุมคลังสมอง"),
        ("unit", "วง CoP ตรวจค้น"),
        ("nonsense", "ให้ความรู้ KM"),
    ],
)
def test_a_list_is_sorted(browser_as, told, session, sort, first):
    from tracker.activities.models import Activity
    from tracker.activities.rules import sort_key_of

    for row in session.query(Activity):
        row.sort_key = sort_key_of(row.title)
    session.commit()

    assert titles(browser_as("coordinator").get(f"/activities/?sort={sort}"))[0] == first


def test_a_tag_takes_its_filter_off(browser_as, told):
    page = browser_as("coordinator").get(f"/activities/?step=4&q={quote('ประชุม')}")
    tag = next(tag for tag in page.html.select(".applied .tag") if "ขั้นตอน" in tag.text)

    assert "step" not in tag["href"]
    assert "q=" in tag["href"]


def test_the_count_line_says_of_how_many(browser_as, told):
    line = browser_as("coordinator").get("/activities/?step=3").html.select_one(".count").text

    assert "4" in line
    assert "จาก 6" in line


@pytest.mark.parametrize(
    ("place", "asked", "line"),
    [
        ("stage=2", "step=3", "3 กิจกรรม จาก 5"),
        ("stage=2&unit=PG01", "kind=s4_meeting", "1 กิจกรรม จาก 3"),
        ("unit=P001&only=own", "q=CoP", "1 กิจกรรม จาก 2"),
        ("stage=2&counts=P001", "executive=1", "1 กิจกรรม จาก 2"),
        ("stage=2", "", "5 กิจกรรม"),
        ("state=withdrawn", "", "1 กิจกรรม"),
    ],
)
def test_the_count_line_counts_of_the_stage_and_unit_that_the_list_is_of(
    browser_as, told, make, place, asked, line
):
    make.activity("P001", withdrawn_on=date(2026, 6, 1), withdrawn_reason="ซ้ำ")
    browser = browser_as("coordinator")
    counted = browser.get(f"/activities/?{place}&{asked}").html.select_one(".count span")

    assert " ".join(counted.text.split()) == line
    if (whole := counted.select_one("a")) is not None:
        total = browser.get(whole["href"]).html.select_one(".count span")
        assert total.select_one("b").text == whole.text
        assert "จาก" not in total.text


def test_a_search_leads_on_to_everything_else_that_bears_the_word(browser_as, told):
    browser = browser_as("coordinator")
    word = quote("ตัวอย่าง")
    page = browser.get(f"/activities/?q={word}")

    there = [link["href"] for link in page.html.select(".applied:not(:has(.tag)) a")]

    assert there == [f"{at}?q={word}" for at in ("/units/", "/facilitators/", "/events/", "/events/entries/")]
    assert all(browser.get(address).status_int == 200 for address in there)
    assert not browser.get("/activities/").html.select(".applied")


def test_nothing_found_offers_a_wider_search(browser_as, told):
    page = browser_as("coordinator").get("/activities/?step=4&unit=P005")

    links = {link["href"] for link in page.html.select(".empty .fig")}
    assert any("unit" not in href and "step=4" in href for href in links)


def test_an_empty_tracker_says_what_to_do(browser_as):
    page = browser_as("coordinator").get("/activities/")

    assert "ยังไม่มีกิจกรรม" in page.text
    assert page.html.select_one(".empty a[href^='/activities/new']") is not None
    assert browser_as("executive").get("/activities/").html.select_one(".empty a") is None


def test_pages_of_a_list_hold_every_record_once(browser_as, make):
    for number in range(30):
        make.activity("P001", title=f"ครั้งที่ {number}", held_on=TODAY - timedelta(days=number % 3))
    browser = browser_as("coordinator")

    seen = titles(browser.get("/activities/")) + titles(browser.get("/activities/?page=2"))

    assert len(seen) == len(set(seen)) == 30
    assert titles(browser.get("/activities/?page=99999")) == titles(browser.get("/activities/?page=2"))
    browser.get("/activities/?page=-1", status=200)


def test_what_is_kept_to_the_unit_is_in_no_other_list(browser_as, make):
    make.activity("P001", title="เฉพาะเรา", audience=Audience.UNIT)

    found = {
        who: "เฉพาะเรา"
        in browser_as(who)
        .get(f"/activities/?q={quote('เฉพาะ')}")
        .html.select_one("main table, main .empty")
        .text
        for who in ("coordinator", "other_coordinator", "office", "executive", "group_head")
    }

    assert found == {
        "coordinator": True, "other_coordinator": False, "office": True, "executive": True,
        "group_head": True,
    }  # fmt: skip


def test_what_is_kept_to_another_unit_is_counted_and_listed_without_its_words(browser_as, make, actor_of):
    post = make.post("P001")
    facilitator = make.facilitator("P001", name="นายสมมติ นำวง")
    make.activity(
        "P001", title="เฉพาะเรา", outcome="ผลของเรา", participants=17, audience=Audience.UNIT,
        executives=((post, Manner.LED),), facilitators=(facilitator,),
    )  # fmt: skip
    make.activity("P002", title="ก ของทุกคน", participants=3)
    other = browser_as("other_coordinator")

    for query in ("", "?sort=title", "?sort=participants", "?unit=P001", "?executive=1", "?audience=unit"):
        page = other.get(f"/activities/{query}")
        said = other.get(f"/activities/export.csv{query}").body.decode("utf-8-sig")
        rows = [row.text for row in page.html.select("tbody tr") if "ใช้ภายในหน่วยงาน" in row.text]
        assert len(rows) == 1, query
        for words in ("เฉพาะเรา", "ผลของเรา", "17", post.title_th):
            assert words not in rows[0], query
            assert words not in next(line for line in said.splitlines() if "ใช้ภายในหน่วยงาน" in line), query
    for query in (f"?facilitator={facilitator.id}", f"?q={quote('เฉพาะเรา')}", f"?q={quote('นำวง')}"):
        assert "ไม่พบกิจกรรม" in other.get(f"/activities/{query}").text
    titles_first = other.get("/activities/?sort=title").html.select("tbody tr")
    assert "ของทุกคน" in titles_first[0].text  # its place in the order does not tell its title either
    assert "เฉพาะเรา" in browser_as("coordinator").get("/activities/?sort=title").text


def test_a_count_follows_every_change(browser_as, make):
    browser = browser_as("coordinator")
    make.activity("P001")
    assert len(titles(browser.get("/activities/"))) == 1
    for _ in range(2):
        form = next(
            f for f in browser.get("/activities/new?unit=P001&step=3").forms.values() if "title" in f.fields
        )
        form["title"] = search_text("อีกครั้ง")
        form["kind"] = next(value for value, *_ in form["kind"].options if value.startswith("3-"))
        form.submit(status=303)

    assert "3" in browser.get("/activities/").html.select_one(".count").text


def test_a_workbook_has_real_days(browser_as, told):
    answer = browser_as("coordinator").get("/activities/export.xlsx?step=4")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body)).worksheets[0]

    assert sheet["A2"].value.date() == TODAY
    assert sheet["B2"].value == "ประชุมคลังสมอง"
    assert sheet.freeze_panes == "A2"


def test_a_formula_is_no_formula_in_the_export(browser_as, make):
    make.activity("P001", title="=HYPERLINK(1)")

    assert rows_of(browser_as("coordinator").get("/activities/export.csv"))[1][1] == "'=HYPERLINK(1)"


def test_an_export_is_for_who_reads_records(browser_as):
    browser_as("nobody").get("/activities/export.csv", status=403)
    browser_as("administrator").get("/activities/", status=403)
    browser_as("coordinator").get("/activities/export.pdf", status=404)


def test_executives_taking_part_themselves_leaves_out_what_they_only_opened(browser_as, make):
    post = make.post("P001")
    for title, manner in (("เปิดงาน", Manner.OPENED), ("ร่วมวง", Manner.SHARED), ("นำเอง", Manner.LED)):
        make.activity("P001", title=title, executives=((post, manner),))

    page = browser_as("executive").get("/activities/?executive=1").html

    assert {link.text for link in page.select("table.ledger th[scope=row] a")} == {"ร่วมวง", "นำเอง"}


def test_a_unit_without_activities_is_offered_to_add_one(browser_as):
    empty = browser_as("coordinator").get("/activities/?unit=P001&only=own").html.select_one(".empty")

    assert "ยังไม่มีกิจกรรม" in empty.text
    assert empty.select_one("a.btn-primary")["href"] == "/activities/new"
