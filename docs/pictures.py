"""Take the pictures of the README and the manual anew: `make pictures`.

Loads the demo into a folder of its own, serves it on a free loopback port, signs in as each role and takes
every picture of `PICTURES` in Thai and in English into docs/pictures/<name>-<language>-<width>.png.
Whatever it starts it stops. It needs a Chromium, as the browser tests do.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from docs.small_png import shrink
from tests.browser.chromium import chromium_path, open_chromium
from tracker.accounts.printed import ACCOUNTS

FOLDER = Path(__file__).parent / "pictures"
LANGUAGES = {"th": "th-TH", "en": "en-GB"}
WIDE, PHONE = 1280, 390
PASSWORDS = {account.name: (account.email, account.password) for account in ACCOUNTS}
ROWS = (
    "12/6/2569\t4\tประชุมคลังสมอง\tคลังสมองพิจารณาขั้นตอนรับตัวผู้ต้องขังหญิง\tตกลงใช้แบบสัมภาษณ์เดียวกันทุกเวร\t6",
    "15/6/2569\t4\tประชุมร่วมทุกฝ่าย\tประชุมทุกฝ่ายเรื่องแบบสัมภาษณ์แรกรับ\tเริ่มใช้ 1 กรกฎาคม\t24",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as one role sees it; `act` does something there before the picture is taken."""

    name: str
    who: str | None
    path: str
    width: int = WIDE
    height: int = 800
    act: Callable[[Page], None] | None = None


def follow(selector: str) -> Callable[[Page], None]:
    """Return the act of going where the first link or button of that kind leads."""

    def go(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return go


def open_more(page: Page) -> None:
    """Open what a form keeps folded and show it."""
    page.locator("main details summary").first.click()
    page.locator("main details").first.scroll_into_view_if_needed()
    page.locator("main details summary").first.evaluate("summary => summary.scrollIntoView()")


def check_rows(page: Page) -> None:
    """Paste rows as they come from Excel and have them checked."""
    page.locator("main textarea").fill("\n".join(ROWS))
    page.locator("main input[type=checkbox]").first.check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def show_a_slip(page: Page) -> None:
    """Give the person a new one-time password."""
    follow("main a[href$='/password']")(page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


ONE_EVENT = follow("main a[href*='/events/']:text-matches('เขต 6')")
STEP_4 = "/units/P022/stages/2/steps/4"
NEW = "/activities/new?unit=P022&stage=2&step=4"
PICTURES = (
    Picture("sign-in", None, "/sign-in", height=620),
    Picture("account", "coordinator", "/account", height=700),
    Picture("home", "coordinator", "/", PHONE, 844),
    Picture("home", "coordinator", "/", WIDE, 960),
    Picture("activity-form", "coordinator", NEW, PHONE, 844),
    Picture("activity-more", "coordinator", NEW, PHONE, 844, open_more),
    Picture("activity-upload", "coordinator", "/activities/upload?unit=P022", height=700),
    Picture("activity-check", "coordinator", "/activities/upload?unit=P022", height=700, act=check_rows),
    Picture("activities", "coordinator", "/activities/?stage=2&step=3"),
    Picture("facilitators", "coordinator", "/facilitators/"),
    Picture("facilitator-form", "coordinator", "/facilitators/new", PHONE, 844),
    Picture("training-form", "coordinator", "/facilitators/trainings/new"),
    Picture("event", "coordinator", "/events/?stage=2&q=กลางปี", height=760, act=ONE_EVENT),
    Picture("event-form", "coordinator", "/events/new", PHONE, 844),
    Picture("claim", "coordinator", STEP_4 + "/status", height=720),
    Picture("answer", "coordinator", "/words/", PHONE, 700, follow("main a[href$='/answer']")),
    Picture("report-texts", "coordinator", "/reports/stage/2/texts?unit=P022", height=760),
    Picture("head-home", "head", "/", WIDE, 800),
    Picture("overview", "executive", "/overview"),
    Picture("overview", "executive", "/overview", PHONE, 844),
    Picture("stage", "executive", "/stages/2"),
    Picture("step", "executive", "/stages/2/steps/3"),
    Picture("unit", "executive", "/units/P022"),
    Picture("unit", "executive", "/units/P022", PHONE, 844),
    Picture("encourage", "executive", "/units/P022/encourage", height=560),
    Picture("follow", "office", "/follow/"),
    Picture("call", "office", "/follow/", height=760, act=follow("main a[href$='/call']")),
    Picture("pause", "office", "/follow/", height=620, act=follow("main a[href$='/pause']")),
    Picture("announcements", "office", "/announcements/", height=520),
    Picture("programme", "office", "/programme/", height=860),
    Picture("programme-stage", "office", "/programme/stages/2"),
    Picture("enrol", "office", "/programme/stages/2/enrol", height=880),
    Picture("close", "office", "/programme/stages/1/close", height=620),
    Picture("report-choice", "office", "/reports/", height=760),
    Picture("report", "office", "/reports/stage/2", height=1000),
    Picture("administration", "administrator", "/administration/", height=880),
    Picture("people", "administrator", "/administration/people"),
    Picture("person", "administrator", "/administration/people?q=pg01", height=560,
            act=follow("main table a[href*='/people/']")),
    Picture("slip", "administrator", "/administration/people/3", height=620, act=show_a_slip),
    Picture("units-import", "administrator", "/administration/units/import", height=620),
    Picture("template", "administrator", "/programme/template"),
    Picture("audit", "administrator", "/administration/audit", height=640),
)  # fmt: skip


@contextmanager
def served_demo() -> Iterator[str]:
    """Load the demo into a folder that lasts as long as the block; give the address that serves it."""
    with tempfile.TemporaryDirectory(prefix="tracker-pictures-") as folder:
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
        surroundings |= {"TRACKER_DATA_DIR": folder, "TRACKER_PORT": "0", "PYTHONUNBUFFERED": "1"}
        tracker = [sys.executable, "-m", "tracker"]
        for command in (["db", "upgrade"], ["demo"]):
            subprocess.run([*tracker, *command], env=surroundings, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([*tracker, "serve"], env=surroundings, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            yield server.stdout.readline().split()[4].rstrip("/")
        finally:
            server.terminate()
            server.wait(timeout=20)


def enter(browser: Browser, address: str, who: str | None, language: str, width: int) -> Page:
    """Return a page of somebody who has signed in, or of nobody."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 800},
        locale=LANGUAGES[language],
        timezone_id="Asia/Bangkok",
        has_touch=width == PHONE,
        reduced_motion="reduce",
    )
    page = context.new_page()
    if who is not None:
        email, password = PASSWORDS[who]
        page.goto("/sign-in")
        page.fill("input[name=email]", email)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        if "/privacy" in page.url:
            follow("main form button[type=submit]")(page)
    page.goto(f"/language/{language}")
    return page


def ask_something(page: Page) -> None:
    """Have the executive ask the unit of the pictures, so that there is a question to answer."""
    page.goto("/units/P022/ask")
    page.fill("main textarea", "แบบสัมภาษณ์แรกรับใช้ครบทุกเวรแล้วหรือยัง ขอดูตัวอย่างได้ไหม")
    follow("main form button[type=submit]")(page)


def shoot(page: Page, picture: Picture) -> bytes:
    """Return the picture of a page, as the browser writes it."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    answer = page.goto(picture.path)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{picture.name}: {picture.path} does not open")
    if picture.act is not None:
        picture.act(page)
    page.evaluate("document.fonts.ready")
    return page.screenshot()


def take_all(browser: Browser, address: str) -> Iterator[tuple[str, bytes]]:
    """Give the name of each picture and what the browser took."""
    ask_something(enter(browser, address, "executive", "th", WIDE))
    for language in LANGUAGES:
        pages: dict[tuple[str | None, int], Page] = {}
        for picture in PICTURES:
            seat = (picture.who, picture.width)
            if seat not in pages:
                pages[seat] = enter(browser, address, picture.who, language, picture.width)
            yield f"{picture.name}-{language}-{picture.width}.png", shoot(pages[seat], picture)
        for page in pages.values():
            page.context.close()


def main() -> None:
    """Take all pictures, replace those that are there, remove those that are no longer taken."""
    if chromium_path() is None:
        raise SystemExit("There is no Chromium on this machine: apt-get install chromium")
    FOLDER.mkdir(exist_ok=True)
    waiting: dict[str, Future[bytes]] = {}
    with served_demo() as address, open_chromium() as browser, ProcessPoolExecutor(2) as makers:
        for name, taken in take_all(browser, address):
            waiting[name] = makers.submit(shrink, taken)
        for name, made in waiting.items():
            (FOLDER / name).write_bytes(made.result())
    for file in FOLDER.glob("*.png"):
        if file.name not in waiting:
            file.unlink()
    total = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    print(f"{len(waiting)} pictures in {FOLDER}, {total / 1_000_000:.1f} MB")


if __name__ == "__main__":
    main()
