"""What the programme promises, without a page: its template, enrolments and stages."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from tests.world import TODAY
from tracker.audit.models import AuditEntry
from tracker.change import NotPermittedError, RefusedError
from tracker.organisation.models import ExecutivePost
from tracker.organisation.revision import renew_revision
from tracker.programme import attribution
from tracker.programme.enrolments import enrolment_book
from tracker.programme.models import ActivityKind, Enrolment, Programme, Stage, StageStep, Step
from tracker.programme.operations import (
    choose_stage,
    create_pilot_group,
    enrol_level,
    enrol_subtree,
    enrol_units,
    install_template,
    move_due_month,
    reinstate_enrolment,
    reopen_stage,
    replace_wording,
    withdraw_enrolment,
)
from tracker.programme.plan import programme_plan
from tracker.programme.template import DEFAULT_TEMPLATE, TemplateError, parse_template, read_template

SOURCE = DEFAULT_TEMPLATE.read_text(encoding="utf-8")


@pytest.fixture
def nobody_takes_part(session):
    """Withdraw everybody for good, as before the first enrolment."""
    session.execute(delete(Enrolment))
    session.commit()


def places(source):
    with pytest.raises(TemplateError) as told:
        parse_template(source)
    assert all(str(problem) for problem in told.value.problems)
    return {problem.where for problem in told.value.problems}


def test_the_shipped_template_is_sound():
    template = read_template()

    assert (len(template.stages), len(template.steps)) == (5, 7)
    assert template.steps[5].claim_words["doing"]["th"] == "กำลังพัฒนา"
    assert template.steps[0].claim_words["doing"]["th"] == "กำลังดำเนินการ"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('levels = ["prison", "division"]', 'levels = ["prison", "ward"]', "stages[2]"),
        ('levels = ["prison", "division"]', "levels = []", "stages[2]"),
        ('levels = ["prison", "division"]', "levels = 3", "stages[2]"),
        ("due_month = 2\n", "due_month = 13\n", "steps[1]"),
        ("due_month = 2\n", "due_month = true\n", "steps[1]"),
        ("highest_level = 5", "highest_level = 1", "steps[6].kinds[3]"),
        ("highest_level = 5", 'highest_level = "5"', "steps[6].kinds[3]"),
        ('unit_word_one_en = "unit"', "unit_word_one_en = 1", "stages[2]"),
        ('code = "s1_survey"', 'code = "s1_meeting"', "steps[1].kinds[2]"),
        ('code = "r1_survey"', 'code = "r1 survey"', "steps[1].rules[2]"),
        ('source = "passed_trainings"', 'source = "rumours"', "steps[2].rules[1]"),
        ('kinds = ["s1_survey"], at_least', 'kinds = ["nothing"], at_least', "steps[1].rules[2]"),
        ('kinds = ["s1_survey"], at_least', 'kinds = "s1_survey", at_least', "steps[1].rules[2]"),
        ('kinds = ["s1_survey"], at_least = 1', 'kinds = ["s1_survey"], at_least = 0', "steps[1].rules[2]"),
        ('name_en = "Define learning topics"\n', "", "steps[1]"),
        ('name_en = "Define learning topics"\n', "name_en = 7\n", "steps[1]"),
        ('name_en = "Define learning topics"\n', f'name_en = "{"x" * 201}"\n', "steps[1]"),
        ("number = 7\n", "number = 6\n", "steps"),
        ("number = 7\n", 'number = "7"\n', "steps[7]"),
        ("member = true", 'member = "yes"', "levels[5]"),
        ("is_state = true\n", "is_state = true\nspeed = 3\n", "steps[6]"),
        ("is_state = true\n", "is_state = true\nclaim_words = 3\n", "steps[6]"),
        ("is_state = true\n", 'is_state = true\nclaim_words = {none = "x"}\n', "steps[6]"),
        ("is_state = true\n", "is_state = true\nclaim_words = {ended = {}}\n", "steps[6].claim_words"),
        ("first_fiscal_year = 2548", "first_fiscal_year = 2005", ""),
        ('code = "km-milestone"', 'code = "ไทย"', "code"),
    ],
)  # fmt: skip
def test_each_fault_of_a_template_is_named_by_its_place(old, new, where):
    assert old in SOURCE

    assert where in places(SOURCE.replace(old, new, 1))


def test_a_template_without_anything_names_all_that_is_missing():
    assert {"levels", "unit_kinds", "stages", "steps", "code"} <= places("")


def test_more_than_nine_stages_are_too_many():
    stage = '[[stages]]\nnumber = {}\nname_th = "ก"\nname_en = "a"\nlevels = ["prison"]\n'

    assert "stages" in places(SOURCE + "".join(stage.format(n) for n in range(6, 11)))


def test_a_list_that_is_none_is_told():
    without = SOURCE.split("[[general_kinds]]")[0]

    assert "general_kinds" in places(without.replace("[[levels]]", "general_kinds = 3\n[[levels]]", 1))


def test_own_claim_words_win():
    words = 'is_state = true\nclaim_words = {doing = {th = "ค่อยเป็นค่อยไป", en = "On the way"}}\n'

    template = parse_template(SOURCE.replace("is_state = true\n", words, 1))

    assert template.steps[5].claim_words["doing"] == {"th": "ค่อยเป็นค่อยไป", "en": "On the way"}
    assert template.steps[5].claim_words["done"]["th"] == "ถึงระดับที่กำหนด"


def test_a_template_is_installed_whole_while_nothing_is_enrolled(change_as, session, nobody_takes_part):
    seven = SOURCE.split("[[steps]]")
    six = "[[steps]]".join(seven[:7]) + "[[general_kinds]]" + seven[7].split("[[general_kinds]]", 1)[1]
    with change_as("administrator") as change:
        install_template(change, template=parse_template(six), first_fiscal_year=2570)

    plan = programme_plan(session)
    assert (len(plan.steps), plan.stages[0].fiscal_year) == (6, 2570)
    assert plan.stages[0].due[plan.steps[0].id] == date(2026, 11, 30)
    assert session.query(StageStep).count() == 30
    assert session.query(ActivityKind).count() == len(plan.kinds)


def test_the_structure_stays_once_somebody_takes_part(change_as):
    with pytest.raises(RefusedError, match="เฉพาะถ้อยคำ"):
        install_template(change_as("administrator"), template=read_template())
    other = parse_template(SOURCE.replace("at_least = 2", "at_least = 3"))
    with pytest.raises(RefusedError, match="โครงสร้าง"):
        replace_wording(change_as("administrator"), template=other)


def test_records_keep_the_structure_too(change_as, make, session, nobody_takes_part):
    make.activity("P001")

    with pytest.raises(RefusedError, match="บันทึก"):
        install_template(change_as("administrator"), template=read_template())


def test_a_template_without_a_level_or_kind_in_use_is_refused(change_as, nobody_takes_part):
    for line in ('code = "district_prison"', 'code = "prison_group"'):
        used = SOURCE.replace(line, 'code = "gone"').replace('["prison_group", ', "[")
        with pytest.raises(RefusedError, match="ใช้อยู่"):
            install_template(change_as("administrator"), template=parse_template(used))


@pytest.mark.parametrize("year", [2399, 2691, 0])
def test_an_odd_first_year_is_refused(change_as, nobody_takes_part, year):
    with pytest.raises(RefusedError, match="ปีงบประมาณแรก"):
        install_template(change_as("administrator"), template=read_template(), first_fiscal_year=year)


def test_new_words_leave_due_months_and_years_alone(change_as, session, make):
    with change_as("office") as change:
        move_due_month(change, stage_id=make.stage(2).id, step_id=make.step_id(1), month=5)
    with change_as("administrator") as change:
        replace_wording(change, template=parse_template(SOURCE.replace('"วง CoP"', '"วงคุย"')))

    assert programme_plan(session).kind_by_code["s3_cop"].name_th == "วงคุย"
    assert make.stage(2).due[make.step_id(1)] == date(2026, 2, 28)
    assert make.stage(1).fiscal_year == 2568


def test_new_words_bring_the_word_for_one_and_the_levels_to_state(change_as, session, make):
    source = SOURCE.replace('unit_word_one_en = "unit"', 'unit_word_one_en = "site"')
    source = source.replace("highest_level = 5", "highest_level = 4")
    with change_as("administrator") as change:
        replace_wording(change, template=parse_template(source))

    assert make.stage(2).unit_word_one_en == "site"
    assert programme_plan(session).kind_by_code["s6_assess"].highest_level == 4


def test_a_template_need_not_say_the_word_for_one():
    lines = [line for line in SOURCE.splitlines() if not line.startswith("unit_word_one_en")]
    own = parse_template("\n".join(lines))
    bare = parse_template("\n".join(line for line in lines if not line.startswith("unit_word")))

    assert [stage.unit_word_one_en for stage in own.stages] == [""] * 5
    assert (bare.stages[1].unit_word_en, bare.stages[1].unit_word_one_en) == ("units", "unit")


def test_the_office_does_not_replace_the_template(change_as):
    with pytest.raises(NotPermittedError):
        replace_wording(change_as("office"), template=read_template())


def test_enrolling_touches_both_sides_and_tells_the_records(change_as, session, make, monkeypatch):
    told = []
    monkeypatch.setattr(attribution, "_MOVERS", [lambda _change, stage: told.append(stage)])
    unit = make.unit("P009", "PG01")
    change = change_as("office")

    made = enrol_units(change, stage_id=make.stage(2).id, unit_ids=[unit.id, unit.id])

    assert [enrolment.unit_id for enrolment in made] == [unit.id]
    assert change.touched == {(made[0].id, None), *((made[0].id, make.step_id(n)) for n in range(1, 8))}
    assert told == [make.stage(2).id]


def test_the_enrolment_above_is_counted_anew_too(change_as, make, session):
    both = session.scalars(select(Stage).where(Stage.number == 3)).one()
    both.levels = [*both.levels, "prison"]
    renew_revision(session)
    session.commit()
    group, change = make.enrolment("PG01", 3), change_as("office")

    made = enrol_units(change, stage_id=both.id, unit_ids=[make.node("P001").id])

    assert {enrolment for enrolment, _step in change.touched} == {group.id, made[0].id}


def test_enrolling_again_changes_nothing(change_as, session, make):
    change = change_as("office")

    assert enrol_level(change, stage_id=make.stage(2).id) == []
    assert enrol_subtree(change, stage_id=make.stage(2).id, unit_id=make.node("PG01").id) == []
    assert change.touched == set()


def test_a_withdrawn_unit_is_only_taken_back_by_name(change_as, session, make):
    enrolment = make.enrolment("P001")
    with change_as("office") as change:
        withdraw_enrolment(change, enrolment_id=enrolment.id, withdrawn_on=TODAY, reason="น้ำท่วม")
    with change_as("office") as change:
        assert enrol_level(change, stage_id=make.stage(2).id) == []
        reinstate_enrolment(change, enrolment_id=enrolment.id, reason="น้ำลด")

    assert enrolment_book(session).by_id[enrolment.id].withdrawn_on is None
    with pytest.raises(RefusedError, match="อยู่แล้ว"):
        reinstate_enrolment(change_as("office"), enrolment_id=enrolment.id)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"withdrawn_on": TODAY + timedelta(days=1), "reason": "ก"}, "อนาคต"),
        ({"withdrawn_on": date(1990, 1, 1), "reason": "ก"}, "ไม่ก่อนวันที่เข้าร่วม"),
        ({"withdrawn_on": TODAY, "reason": "  "}, "เหตุผล"),
    ],
)
def test_an_odd_withdrawal_is_refused(change_as, make, given, said):
    with pytest.raises(RefusedError, match=said):
        withdraw_enrolment(change_as("office"), enrolment_id=make.enrolment("P001").id, **given)


def test_units_that_do_not_belong_into_a_stage_are_refused(change_as, make):
    change, stage = change_as("office"), make.stage(2).id
    closed = make.unit("P009", "PG01", closed_on=TODAY)
    for unit_id, said in (
        (make.node("PG01").id, "ไม่อยู่ในระดับ"),
        (closed.id, "ปิดไปแล้ว"),
        (99999, "ไม่พบหน่วยงาน"),
    ):
        with pytest.raises(RefusedError, match=said):
            enrol_units(change, stage_id=stage, unit_ids=[unit_id])
    with pytest.raises(RefusedError, match="ไม่พบระยะ"):
        enrol_level(change, stage_id=99999)
    with pytest.raises(RefusedError, match="อนาคต"):
        enrol_units(change, stage_id=stage, unit_ids=[], enrolled_on=TODAY + timedelta(days=1))


@pytest.mark.parametrize("who", ["coordinator", "executive", "administrator"])
def test_only_the_office_enrols(change_as, make, who):
    with pytest.raises(NotPermittedError):
        enrol_level(change_as(who), stage_id=make.stage(2).id)


def test_a_pilot_group_has_a_code_a_head_and_a_trail(change_as, session, make):
    with change_as("office") as change:
        unit = create_pilot_group(change, parent_id=make.node("P002").id, name_th="กลุ่มห้องครัว")

    assert (unit.code, unit.level) == ("P002-G1", "pilot_group")
    head = session.scalars(select(ExecutivePost).where(ExecutivePost.unit_id == unit.id)).one()
    assert head.title_th == "หัวหน้ากลุ่มนำร่อง"
    assert session.query(AuditEntry).filter_by(unit_id=unit.id, verb="added").count() == 2
    for parent in ("PG01", "P001-G1"):
        with pytest.raises(RefusedError, match="เฉพาะในเรือนจำหรือกอง"):
            create_pilot_group(change_as("office"), parent_id=make.node(parent).id, name_th="ก")


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_outside_the_year_is_refused(change_as, make, month):
    with pytest.raises(RefusedError, match="เดือนที่ 1 ถึง 12"):
        move_due_month(change_as("office"), stage_id=make.stage(2).id, step_id=make.step_id(1), month=month)


def test_a_closed_stage_is_not_moved_and_an_open_one_not_opened(change_as, session, make):
    session.scalars(select(Stage).where(Stage.number == 1)).one().closed_on = TODAY
    renew_revision(session)
    session.commit()
    with pytest.raises(RefusedError, match="ปิดแล้ว"):
        move_due_month(change_as("office"), stage_id=make.stage(1).id, step_id=make.step_id(1), month=1)
    with pytest.raises(RefusedError, match="เปิดอยู่แล้ว"):
        reopen_stage(change_as("office"), stage_id=make.stage(2).id)


def test_without_a_programme_there_is_nothing_to_choose_or_reword(change_as, session):
    session.execute(delete(Programme))
    with pytest.raises(RefusedError, match="ติดตั้งแม่แบบก่อน"):
        choose_stage(change_as("office"), stage_id=None)
    with pytest.raises(RefusedError, match="ติดตั้งแม่แบบก่อน"):
        replace_wording(change_as("administrator"), template=read_template())


def test_the_level_of_a_state_is_written_out(session):
    steps = programme_plan(session).steps

    assert steps[5].level_needed("th").startswith("ถึงระดับ 3")
    assert steps[5].level_needed("en").startswith("level 3")
    assert steps[0].level_needed("th") == ""
    assert session.query(Step).count() == 7
