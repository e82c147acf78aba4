"""The same invented activities for every system: 155 units, 5 stages, 7 steps, any number of rows.

The same number always gives the same row; no real record is among them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

UNITS, STAGES = 155, 5
STAGE_NAMES = ("กลุ่มนำร่อง", "ระดับเรือนจำและกอง", "ระดับกลุ่ม", "ทั้งกรม", "ระดับประเทศ")
STEP_NAMES = (
    "กำหนดหัวข้อการเรียนรู้", "ฝึกผู้อำนวยการเรียนรู้", "จัดเก็บความรู้", "คลังสมองกลั่นความรู้", "เผยแพร่ความรู้",
    "องค์กรแห่งการเรียนรู้", "องค์กรแห่งนวัตกรรม",
)  # fmt: skip
STEPS = len(STEP_NAMES)
FIRST_DAY = date(2023, 10, 1)
FIRST_FISCAL_YEAR = 2567
_TITLES = (
    "ประชุมชุมชนนักปฏิบัติ", "สัมภาษณ์ผู้มีวิธีปฏิบัติที่ดี", "อบรมผู้อำนวยการเรียนรู้", "ทบทวนหลังการปฏิบัติงาน",
    "จัดทำคู่มือการปฏิบัติงาน", "เผยแพร่ชุดความรู้", "ประชุมคณะทำงานคลังสมอง", "นำเสนอผลงานนวัตกรรม",
)  # fmt: skip
_TOPICS = (
    "การตรวจค้น", "การดูแลสุขภาพ", "การฝึกวิชาชีพ", "งานทะเบียน", "การเงินและพัสดุ", "งานสารบรรณ", "การรับเรื่องร้องทุกข์",
)  # fmt: skip
_PHRASES = (
    "ผู้เข้าร่วมแลกเปลี่ยนประสบการณ์จากการทำงานจริงและช่วยกันสรุปขั้นตอนที่ใช้ได้ผล",
    "คณะทำงานบันทึกบทเรียนลงในแบบฟอร์มกลางเพื่อให้หน่วยงานอื่นนำไปปรับใช้",
    "พบว่าปัญหาหลักคือข้อมูลกระจัดกระจายและขาดผู้รับผิดชอบที่ชัดเจน",
    "ที่ประชุมเห็นควรจัดทำคู่มือฉบับย่อและทดลองใช้ในเดือนถัดไป",
    "ผู้บริหารเข้าร่วมรับฟังและให้ข้อเสนอแนะเรื่องการวัดผล",
    "มีผู้เข้าร่วมจากทุกฝ่ายและได้ชุดความรู้ใหม่สองเรื่อง",
    "กำหนดให้มีการติดตามผลภายในหนึ่งเดือนและรายงานในการประชุมครั้งถัดไป",
    "ได้รับความร่วมมือจากหน่วยงานใกล้เคียงเป็นอย่างดี",
)
TEXT_LENGTH = 310


@dataclass(frozen=True, slots=True)
class Row:
    """An activity; unit, stage and step count from 1, `done` is for the floor alone."""

    number: int
    title: str
    text: str
    day: date
    unit: int
    stage: int
    step: int
    done: bool


def unit_name(unit: int) -> str:
    """Return the name of a unit, as every page of it shows it."""
    return f"หน่วยงานที่ {unit:03d}"


def unit_code(unit: int) -> str:
    """Return the code of a unit."""
    return f"U{unit:03d}"


def mark(number: int) -> str:
    """Return the end of an activity's title, by which its page is known."""
    return f"ครั้งที่ {number}"


def activities(count: int) -> Iterator[Row]:
    """Walk the first activities: even over the units, by chance over stages, steps and 1,000 days."""
    for number in range(1, count + 1):
        chance = random.Random(number * 7919)
        stage, step = chance.randint(1, STAGES), chance.randint(1, STEPS)
        text = ""
        while len(text) < TEXT_LENGTH - 20:
            text += chance.choice(_PHRASES) + " "
        yield Row(
            number=number,
            title=f"{chance.choice(_TITLES)}เรื่อง{chance.choice(_TOPICS)} {mark(number)}",
            text=text[:TEXT_LENGTH].strip(),
            day=FIRST_DAY + timedelta(days=chance.randint(0, 1000)),
            unit=(number - 1) % UNITS + 1,
            stage=stage,
            step=step,
            done=chance.random() < 0.6,
        )
