"""What the programme promises of its template, without a page."""

from datetime import date

import pytest
from sqlalchemy import delete

from tracker.change import NotPermittedError, RefusedError
from tracker.programme.models import ActivityKind, Enrolment, Programme, StageStep, Step
from tracker.programme.operations import (
    choose_stage,
    install_template,
    move_due_month,
    replace_wording,
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


def test_new_words_bring_the_word_for_one(change_as, session, make):
    source = SOURCE.replace('unit_word_one_en = "unit"', 'unit_word_one_en = "site"')
    with change_as("administrator") as change:
        replace_wording(change, template=parse_template(source))

    assert make.stage(2).unit_word_one_en == "site"


def test_a_template_need_not_say_the_word_for_one():
    lines = [line for line in SOURCE.splitlines() if not line.startswith("unit_word_one_en")]
    own = parse_template("\n".join(lines))
    bare = parse_template("\n".join(line for line in lines if not line.startswith("unit_word")))

    assert [stage.unit_word_one_en for stage in own.stages] == [""] * 5
    assert (bare.stages[1].unit_word_en, bare.stages[1].unit_word_one_en) == ("units", "unit")


def test_the_office_does_not_replace_the_template(change_as):
    with pytest.raises(NotPermittedError):
        replace_wording(change_as("office"), template=read_template())


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
