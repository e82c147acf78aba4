"""Executive posts with their holders: the title follows the unit's kind."""

from datetime import date, timedelta
from random import Random

from tracker.demo.bank import DemoUnit, demo_units
from tracker.demo.days import stage_start
from tracker.demo.people import People, office_phone
from tracker.demo.plan import PlannedPost

_BY_KIND = {
    "central_prison": ("ผู้บัญชาการเรือนจำ", "Prison Commander"),
    "special_prison": ("ผู้บัญชาการเรือนจำ", "Prison Commander"),
    "provincial_prison": ("ผู้บัญชาการเรือนจำ", "Prison Commander"),
    "district_prison": ("ผู้บัญชาการเรือนจำ", "Prison Commander"),
    "correctional_institution": ("ผู้อำนวยการทัณฑสถาน", "Director of the Correctional Institution"),
    "house_of_confinement": ("ผู้อำนวยการสถานกักขัง", "Director of the House of Confinement"),
    "house_of_relegation": ("ผู้อำนวยการสถานกักกัน", "Director of the House of Relegation"),
}
_OF_DEPARTMENT = (
    ("อธิบดี", "Director-General", True),
    ("รองอธิบดีฝ่ายปฏิบัติการ", "Deputy Director-General, operations", False),
    ("รองอธิบดีฝ่ายพัฒนา", "Deputy Director-General, development", False),
    ("รองอธิบดีฝ่ายบริหาร", "Deputy Director-General, administration", False),
)


def head_title(unit: DemoUnit) -> tuple[str, str]:
    """Find the title of the unit's head in Thai and English."""
    if unit.kind in _BY_KIND:
        return _BY_KIND[unit.kind]
    if unit.level in ("prison_group", "division_group", "national"):
        return f"ประธาน{unit.name_th}", f"Chair, {unit.name_en}"
    if unit.name_th.startswith("สำนักงานเลขานุการกรม"):
        return "เลขานุการกรม", "Secretary of the Department"
    if unit.name_th.startswith("กลุ่ม"):
        return f"หัวหน้า{unit.name_th}", f"Head, {unit.name_en}"
    return f"ผู้อำนวยการ{unit.name_th}", f"Director, {unit.name_en}"


def plan_posts(rng: Random, people: People) -> list[PlannedPost]:
    """Fill the posts of every unit; some changed hands at the beginning of the current stage or since."""
    posts: list[PlannedPost] = []
    for index, unit in enumerate(demo_units()):
        phone = office_phone(101 + 3 * index)
        if unit.level == "department":
            posts += [
                PlannedPost(
                    unit.code, th, en, people.full_name(), office_phone(11 + n), stage_start(1), None, head
                )
                for n, (th, en, head) in enumerate(_OF_DEPARTMENT)
            ]
        else:
            posts += _succession(rng, people, unit, head_title(unit), phone, True)
        if unit.kind in ("central_prison", "special_prison"):
            title = ("รองผู้บัญชาการเรือนจำ", "Deputy Prison Commander")
            posts += _succession(rng, people, unit, title, f"{phone} ต่อ {rng.randint(11, 29)}", False)
    return posts


def _succession(
    rng: Random, people: People, unit: DemoUnit, title: tuple[str, str], phone: str, head: bool
) -> list[PlannedPost]:
    since = stage_start(1) - timedelta(days=rng.randint(30, 900))
    changes = rng.random()
    if changes > 0.22:
        return [PlannedPost(unit.code, *title, people.full_name(unit), phone, since, None, head)]
    start = stage_start(2)
    moved = start if changes < 0.15 else date(start.year + 1, rng.choice((2, 4)), 1)
    return [
        PlannedPost(unit.code, *title, people.full_name(unit), phone, since, moved - timedelta(days=1), head),
        PlannedPost(unit.code, *title, people.full_name(unit), phone, moved, None, head),
    ]
