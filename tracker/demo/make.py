"""The one door to the demo's plan."""

from datetime import date
from random import Random

from tracker.demo.activities import plan_activities, plan_claims, plan_topics, session_leaders
from tracker.demo.bank import demo_units, unit_by_code
from tracker.demo.days import DEMO_DAY, FIRST_FISCAL_YEAR, seeded
from tracker.demo.earlier import known_by
from tracker.demo.fairs import plan_events
from tracker.demo.following import plan_announcements, plan_calls, plan_pauses, plan_questions
from tracker.demo.learners import plan_learners
from tracker.demo.people import People
from tracker.demo.plan import DemoPlan, PlannedDueMonth, PlannedPilotGroup, PlannedPost, UnitPlan
from tracker.demo.posts import plan_posts
from tracker.demo.schedule import enrolled_units, plan_pilots, plan_units

DEFAULT_SEED = 2569
# The office gave units longer for the third to fifth step of the current stage.
_DUE_MONTHS = (PlannedDueMonth(2, 3, 7), PlannedDueMonth(2, 4, 10), PlannedDueMonth(2, 5, 11))
_SMALL_GROUPS = (
    ("กลุ่มนำร่องส่วนควบคุมผู้ต้องขัง", "Custody pilot group"),
    ("กลุ่มนำร่องงานทะเบียน", "Registry pilot group"),
    ("กลุ่มนำร่องฝ่ายฝึกวิชาชีพ", "Vocational training pilot group"),
    ("กลุ่มนำร่องสถานพยาบาล", "Infirmary pilot group"),
    ("กลุ่มนำร่องงานแรกรับ", "Reception pilot group"),
)
_SMALL_GROUPS_OF_DIVISION = (
    ("กลุ่มนำร่องงานวิชาการ", "Academic work pilot group"),
    ("กลุ่มนำร่องงานบริการ", "Services pilot group"),
)


def plan_demo(seed: int = DEFAULT_SEED, today: date = DEMO_DAY) -> DemoPlan:
    """Plan the whole demo; the same seed and day give the same plan.

    The story is told up to 18 June of stage 2's year. An earlier `today` leaves out what was entered
    after it; a later one adds nothing.
    """
    people = People(seeded(seed, "people"))
    posts = plan_posts(seeded(seed, "posts"), people)
    plans = (*plan_pilots(seed), *plan_units(demo_units(), seed))
    heads, phones = _heads(posts)
    facilitators, trainings = plan_learners(seeded(seed, "learners"), people, plans, heads, phones)
    topics = plan_topics(seeded(seed, "topics"), enrolled_units())
    leaders = session_leaders(facilitators, trainings)
    current = [plan for plan in plans if plan.stage == 2]
    plan = DemoPlan(
        seed=seed,
        today=today,
        first_fiscal_year=FIRST_FISCAL_YEAR,
        pilot_groups=_pilot_groups(seeded(seed, "groups"), plans),
        posts=tuple(posts),
        due_months=_DUE_MONTHS,
        unit_plans=plans,
        facilitators=tuple(facilitators),
        trainings=tuple(trainings),
        activities=tuple(plan_activities(seeded(seed, "activities"), plans, topics, leaders)),
        claims=tuple(plan_claims(seeded(seed, "claims"), plans)),
        events=tuple(plan_events(seeded(seed, "events"), people, plans, topics)),
        calls=tuple(plan_calls(seeded(seed, "calls"), current)),
        pauses=tuple(plan_pauses(seeded(seed, "pauses"), current)),
        questions=tuple(plan_questions(seeded(seed, "questions"), current)),
        announcements=tuple(plan_announcements()),
    )
    return plan if today >= DEMO_DAY else known_by(plan, today)


def _heads(posts: list[PlannedPost]) -> tuple[dict[str, str], dict[str, str]]:
    now = [post for post in posts if post.is_head and post.until is None]
    return {post.unit_code: post.title_th for post in now}, {post.unit_code: post.phone for post in now}


def _pilot_groups(rng: Random, plans: tuple[UnitPlan, ...]) -> tuple[PlannedPilotGroup, ...]:
    units = unit_by_code()
    groups: list[PlannedPilotGroup] = []
    for plan in plans:
        if plan.stage != 1:
            continue
        parent = units[plan.unit_code.partition("-")[0]]
        names = _SMALL_GROUPS_OF_DIVISION if parent.level == "division" else _SMALL_GROUPS
        taken = [group.name_th for group in groups if group.parent_code == parent.code]
        name_th, name_en = rng.choice([pair for pair in names if f"{pair[0]} {parent.name_th}" not in taken])
        groups.append(
            PlannedPilotGroup(
                plan.unit_code, parent.code, f"{name_th} {parent.name_th}", f"{name_en}, {parent.name_en}"
            )
        )
    return tuple(groups)
