"""Lists of events and entries: filters, order, exports with the same rows, and the figure that leads here."""

import csv
import html
import io
import re
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest

from tests.walking import data_form
from tracker.organisation.models import Audience, Manner
from tracker.sharing.models import EventState, EventType
from tracker.sharing.operations import edit_event
from tracker.sharing.operations_adoptions import note_adoption
from tracker.sharing.operations_entries import show_entry
from tracker.sharing.operations_life import summarise_event

SPRING, SUMMER = date(2026, 4, 10), date(2026, 6, 10)


@pytest.fixture
def events(make):
    """Make a few events that differ in every part of the filter."""
    market = make.event("P002", held_on=SPRING, type=EventType.MARKET, attendance=20, title="ตลาดนัดความรู้")
    day = make.event("P001", held_on=SUMMER, attendance=90, title="วันแบ่งปัน")
    planned = make.event("P004", held_on=date(2026, 7, 1), state=EventState.PLANNED, attendance=None)
    make.entry(market, "P002")
    make.entry(market, "P003")
    make.entry(day, "P001")
    return market, day, planned


def exported(browser, address: str) -> list[list[str]]:
    path, _mark, query = address.partition("?")
    answer = browser.get(f"{path}export.csv?{query}")
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))[1:]


def titles(page) -> list[str]:
    return [cell.select_one("a").text for cell in page.html.select("tbody th")]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3), ("q=ตลาด", 1), ("q=ลา", 2), ("stage=2", 3), ("stage=3", 0), ("unit=PG01", 2),
        ("type=market", 1), ("state=planned", 1), ("state=held", 2), ("from=1/6/2569", 2),
        ("unit=P004", 1), ("to=30/4/2569", 1),
        ("from=2026-06-01&to=2026-06-30", 1), ("counts=P001&stage=2", 1), ("unit=P001&only=own", 1),
        ("unit=XX", 0), ("type=party", 0), ("from=30/2/2569", 0), ("state=withdrawn", 0),
        ("state=hidden", 0), ("audience=department", 3), ("audience=unit", 0), ("audience=x", 0),
    ],
)  # fmt: skip
def test_each_filter_narrows_the_list_and_its_export_alike(browser_as, events, query, count):
    browser = browser_as("executive")
    address = f"/events/?{quote(query, safe='=&')}"
    page = browser.get(address)

    assert len(titles(page)) == count
    assert len(exported(browser, address)) == count


def test_a_filter_that_means_nothing_is_named(browser_as, events):
    assert "XX (ไม่รู้จัก)" in browser_as("executive").get("/events/?unit=XX")


def test_the_heads_sort_and_the_export_keeps_the_order(browser_as, events):
    browser = browser_as("executive")
    by_day = titles(browser.get("/events/?sort=day"))

    assert titles(browser.get("/events/")) == by_day[::-1]
    assert titles(browser.get("/events/?sort=attendance"))[:2] == ["วันแบ่งปัน", "ตลาดนัดความรู้"]
    assert titles(browser.get("/events/?sort=entries"))[:2] == ["ตลาดนัดความรู้", "วันแบ่งปัน"]
    assert titles(browser.get("/events/?sort=unit"))[:2] == ["วันแบ่งปัน", "ตลาดนัดความรู้"]
    assert next(iter(exported(browser, "/events/?sort=entries")))[1] == "ตลาดนัดความรู้"


def test_titles_sort_in_thai_dictionary_order_also_after_an_edit(browser_as, make):
    for title in ("แสงสว่าง", "ขวัญ", "เกษตร", "กล้วย"):
        make.event("P001", title=title)
    browser = browser_as("coordinator")
    page = browser.get("/events/")
    assert titles(page.click("งาน", href="sort=title")) == ["กล้วย", "เกษตร", "ขวัญ", "แสงสว่าง"]

    form = data_form(browser.get("/events/").click("กล้วย").click("แก้ไข", href="/edit"))
    form["title"] = "ไม้"
    form.submit(status=303)
    assert titles(browser.get("/events/?sort=title")) == ["เกษตร", "ขวัญ", "ไม้", "แสงสว่าง"]


def test_the_order_and_the_basis_stay_when_the_filter_is_sent_again(browser_as, events):
    page = browser_as("executive").get("/events/?sort=entries&counts=P001&stage=2")
    form = next(f for f in page.forms.values() if "state" in f.fields)

    assert (form["sort"].value, form["counts"].value, form["stage"].value) == ("entries", "P001", "2")


def test_a_withdrawn_event_is_listed_and_read_by_those_inside_only(browser_as, make):
    event = make.event("P001", withdrawn_on=SUMMER)
    own, other = browser_as("coordinator"), browser_as("other_coordinator")

    assert titles(own.get("/events/?state=withdrawn")) == [event.title]
    assert titles(other.get("/events/?state=withdrawn")) == []
    own.get(f"/events/{event.id}", status=200)
    other.get(f"/events/{event.id}", status=404)


def test_a_hidden_event_is_listed_and_counted_only_where_it_is_asked_for(browser_as, make):
    make.event("P001", title="งานที่นับ")
    hidden = make.event("P001", title="งานที่ซ่อน", hidden_at=datetime.now(UTC), hidden_reason="ข้อมูล")
    for who in ("office", "coordinator"):
        browser = browser_as(who)
        assert titles(browser.get("/events/")) == ["งานที่นับ"]
        assert [row[1] for row in exported(browser, "/events/")] == ["งานที่นับ"]
        assert titles(browser.get("/events/?state=hidden")) == ["งานที่ซ่อน"]
        (row,) = exported(browser, "/events/?state=hidden")
        assert "ซ่อนแล้ว" in row
        browser.get(f"/events/{hidden.id}", status=200)
    other = browser_as("other_coordinator")
    assert titles(other.get("/events/?state=hidden")) == []
    assert "ซ่อนแล้ว" not in browser_as("executive").get("/events/").html.select_one("#filter-state").text


def test_a_withdrawn_event_says_so_in_its_file(browser_as, make):
    make.event("P001", withdrawn_on=SUMMER)
    (row,) = exported(browser_as("coordinator"), "/events/?state=withdrawn")

    assert "รายการที่ยกเลิก" in row


def test_an_event_is_found_by_its_outcome_and_by_who_took_part(browser_as, make, change_as):
    post = make.post("P001", title_th="ผู้ตรวจการพิเศษ", title_en="Special inspector")
    person = make.facilitator("P001", name="สายใจ สมมติ")
    event = make.event("P001", title="วันแบ่งปัน")
    make.event("P001", title="อีกงาน")
    with change_as("coordinator") as change:
        edit_event(
            change, event_id=event.id, opened_with=1, executives={post.id: Manner.LED},
            facilitator_ids=[person.id], summary="ลดเวลาตรวจค้นได้ครึ่งหนึ่ง",
        )  # fmt: skip
    browser = browser_as("executive")

    for words in ("ครึ่งหนึ่ง", "ผู้ตรวจการ", "special", "สายใจ", "ครึ่งหนึ่ง สายใจ"):
        address = f"/events/?q={quote(words)}"
        assert titles(browser.get(address)) == ["วันแบ่งปัน"], words
        assert len(exported(browser, address)) == 1


def test_a_summary_that_was_written_later_is_found_too(browser_as, make, change_as):
    event = make.event("P001", title="วันแบ่งปัน")
    make.entry(event, "P001")
    with change_as("coordinator") as change:
        summarise_event(change, event_id=event.id, summary="ทดลองที่แดนสอง", attendance=30)

    assert titles(browser_as("executive").get(f"/events/?q={quote('แดนสอง')}")) == ["วันแบ่งปัน"]


def test_the_audience_stays_when_the_filter_is_sent_again_and_goes_into_the_file(browser_as, make):
    make.event("P001", title="ของเรา", audience=Audience.UNIT)
    make.event("P001", title="ของทุกคน")
    browser = browser_as("coordinator")
    page = browser.get("/events/?audience=unit")

    assert titles(page) == ["ของเรา"]
    assert next(f for f in page.forms.values() if "audience" in f.fields)["audience"].value == "unit"
    assert "audience=unit" in page.html.select_one('a[href*="export.csv"]')["href"]
    assert len(exported(browser, "/events/?audience=unit")) == 1


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-day", ["ขวัญ", "กล้วย", "แสง"]), ("day", ["กล้วย", "แสง", "ขวัญ"]),
        ("name", ["กล้วย", "ขวัญ", "แสง"]), ("unit", ["ขวัญ", "กล้วย", "แสง"]),
        ("taken_up", ["แสง", "กล้วย", "ขวัญ"]),
    ],
)  # fmt: skip
def test_the_heads_of_entries_sort_and_the_export_keeps_the_order(browser_as, make, change_as, sort, order):
    first, last = make.event("P001", held_on=SPRING), make.event("P001", held_on=SUMMER)
    made = {}
    with change_as("system") as change:
        for event, code, name in ((first, "P002", "กล้วย"), (last, "P001", "ขวัญ"), (first, "P004", "แสง")):
            unit_id = make.node(code).id
            made[name] = show_entry(change, event_id=event.id, name=name, unit_id=unit_id).id
        for name, code in (("แสง", "P001"), ("แสง", "D01"), ("กล้วย", "P001")):
            taken = {"unit_id": make.node(code).id, "adopted_on": date(2026, 6, 18)}
            note_adoption(change, entry_id=made[name], **taken)
    browser, address = browser_as("executive"), f"/events/entries/?sort={sort}"
    page = browser.get(address)

    assert titles(page) == [row[1] for row in exported(browser, address)] == order
    assert next(f for f in page.forms.values() if "taken_up" in f.fields)["sort"].value == sort


@pytest.fixture
def entries(make):
    """Make entries that count for P001, P004, P002, and nowhere (a group in stage 2)."""
    event = make.event("P001", held_on=SUMMER)
    make.entry(event, "P001", taken_up_by=("P004",))
    make.entry(event, "P004", taken_up_by=("P001", "D01"))
    make.entry(event, "PG01", taken_up_by=("P004",))
    make.entry(event, "P002")
    make.entry(make.event("P001", state=EventState.PLANNED), "P001", taken_up_by=("P004",))
    return event


@pytest.mark.parametrize("unit", ["", "PG01", "PG02", "P001", "P003", "DOC"])
def test_the_fourth_figure_equals_the_list_it_leads_to(browser_as, entries, unit):
    browser = browser_as("executive")
    page = browser.get(f"/overview?unit={unit}" if unit else "/overview")
    found = re.search(
        r'class="headline[^"]*" href="([^"]*taken_up=1[^"]*)".*?headline-num">([\d,]+)', page.text, re.DOTALL
    )
    if found is None:
        pytest.fail("the overview has no figure of entries that others took up")
    address, number = html.unescape(found[1]), int(found[2])
    listed = browser.get(address)

    assert len(titles(listed)) == number
    assert len(exported(browser, address)) == number


def test_an_entry_that_counts_nowhere_is_listed_but_not_counted(browser_as, entries):
    browser = browser_as("executive")

    assert len(titles(browser.get("/events/entries/?stage=2&taken_up=1"))) == 3
    assert len(titles(browser.get("/events/entries/?stage=2&taken_up=1&counts=NAT"))) == 2
    assert len(titles(browser.get("/events/entries/?stage=2&counts=NAT"))) == 3


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4), ("taken_up=0", 1), ("unit=PG01", 3), ("from=1/7/2569", 0), ("to=30/6/2569", 4),
        ("by=2026-06-18", 4), ("by=2026-01-01", 0), ("taken_up=x", 0), ("event=999999", 0), ("q=กุญแจ", 4),
        ("audience=department", 4), ("audience=unit", 0), ("audience=x", 0),
    ],
)  # fmt: skip
def test_each_filter_of_entries_narrows_list_and_export_alike(browser_as, entries, query, count):
    browser = browser_as("executive")
    address = f"/events/entries/?{quote(query, safe='=&')}"

    assert len(titles(browser.get(address))) == count
    assert len(exported(browser, address)) == count


def test_an_empty_list_says_what_to_do(browser_as):
    browser = browser_as("coordinator")

    assert "ยังไม่มีงาน" in browser.get("/events/")
    assert "ยังไม่มีผลงาน" in browser.get("/events/entries/")


def test_an_entry_of_an_event_kept_to_another_unit_is_listed_without_its_words(browser_as, make):
    event = make.event("P001", title="งานเฉพาะเรา", audience=Audience.UNIT)
    entry = make.entry(event, "P001", name="ผลงานเฉพาะเรา", change="ลดขั้นตอนเฉพาะเรา")
    other, own = browser_as("other_coordinator"), browser_as("coordinator")

    page = other.get("/events/entries/")
    file = other.get("/events/entries/export.csv").body.decode("utf-8-sig")

    assert "เฉพาะเรา" not in page.text + file
    assert len(page.html.select("tbody tr")) == len(file.splitlines()) - 1 == 1
    assert "ใช้ภายในหน่วยงาน" in page.html.select_one("tbody tr").text
    assert "ไม่พบผลงาน" in other.get(f"/events/entries/?q={quote('เฉพาะเรา')}").text
    assert entry.name in own.get("/events/entries/").text


@pytest.mark.parametrize("query", ["", "?unit=P001&only=own", "?unit=P001&stage=2"])
def test_a_unit_without_events_is_offered_to_add_one(browser_as, query):
    empty = browser_as("coordinator").get(f"/events/{query}").html.select_one(".empty")

    assert "ยังไม่มีงาน" in empty.text
    assert empty.select_one("a.btn-primary")["href"] == "/events/new"
    assert browser_as("executive").get(f"/events/{query}").html.select_one(".empty a") is None


@pytest.mark.parametrize("query", ["?q=x", "?unit=NOPE", "?unit=P001&type=market", "?stage=99"])
def test_a_search_without_finds_is_offered_to_search_wider(browser_as, query):
    assert (
        "ไม่พบงานตามที่กรองไว้"
        in browser_as("coordinator").get(f"/events/{query}").html.select_one(".empty").text
    )


def test_one_event_is_one_event_in_english(browser_as, make):
    make.event("P001", held_on=SUMMER)
    browser = browser_as("coordinator")
    browser.get("/language/en", status=303)
    page = browser.get("/events/").html

    assert page.select_one(".count span").text.strip() == "1 event"
    assert "1 row" in page.select_one(".count .btn").text
    assert "1 rows" not in page.text
    assert all(head.text.strip()[:1].isupper() for head in page.select("thead th"))
