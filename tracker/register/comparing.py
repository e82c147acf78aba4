"""Two versions of a facilitator or a training, as words to read side by side."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from flask.typing import ResponseReturnValue

from tracker.change import StaleError
from tracker.facilitators.forms import ROLE_WORDS
from tracker.facilitators.models import Facilitator, KmRole, Training
from tracker.facilitators.queries import attendances_of, postings_of, roles_of
from tracker.organisation.models import Audience
from tracker.programme.reference import plan
from tracker.register.blueprint import profile_url, training_url
from tracker.session import db
from tracker.thai.dates import format_day
from tracker.web.conflicts import conflict_page
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.reference import tree
from tracker.web.words import AUDIENCES


def _day(day: date | None) -> str:
    return format_day(day, language()) if day else ""


def _roles(roles: Iterable[str]) -> str:
    return ", ".join(str(ROLE_WORDS[KmRole(role)]) for role in roles)


def people_conflict(form: Any, stale: StaleError) -> ResponseReturnValue:
    """Answer 409 with the facilitator as typed and as it stands."""
    now = cast(Facilitator, stale.current)
    pairs = [
        (form.name.label.text, form.name.data, now.name),
        (form.position_title.label.text, form.position_title.data, now.position_title),
        (
            form.roles.label.text,
            _roles(form.roles.data),
            _roles(roles_of(db(), [now.id]).get(now.id, [])),
        ),
        (form.appointed_by.label.text, form.appointed_by.data, now.appointed_by),
        (form.appointed_on.label.text, _day(form.appointed_on.data), _day(now.appointed_on)),
        (form.remarks.label.text, form.remarks.data, now.remarks),
    ]
    return conflict_page(stale, pairs, show_url=profile_url(now))


def posting_conflict(form: Any, stale: StaleError) -> ResponseReturnValue:
    """Answer 409 with the move, the last or the first day as typed, and the last posting as it stands."""
    now = cast(Facilitator, stale.current)
    last, units = postings_of(db(), now.id)[0], tree()
    pairs = []
    if "unit" in form:
        pairs.append((form.unit.label.text, named(units.get(form.unit.data)), named(units[last.unit_id])))
    days = [form[name] for name in ("since", "until") if name in form]
    pairs += [(field.label.text, _day(field.data), _day(getattr(last, field.short_name))) for field in days]
    return conflict_page(stale, pairs, show_url=profile_url(now))


def training_conflict(form: Any, stale: StaleError) -> ResponseReturnValue:
    """Answer 409 with the training as typed and as it stands."""
    now = cast(Training, stale.current)
    stages = plan().stage_by_id
    attended = attendances_of(db(), now.id)
    pairs = [
        (form.course.label.text, form.course.data, now.course),
        (form.stage.label.text, stages[form.stage.data].number, stages[now.stage_id].number),
        (form.starts_on.label.text, _day(form.starts_on.data), _day(now.starts_on)),
        (
            form.ends_on.label.text,
            _day(form.ends_on.data or form.starts_on.data),
            _day(now.ends_on),
        ),
        (form.hours.label.text, form.hours.data, now.hours),
        (
            form.audience.label.text,
            str(AUDIENCES[Audience(form.audience.data)]),
            str(AUDIENCES[now.audience]),
        ),
        (form.attended.label.text, _marks(form, form.attended.data), _marks(form, attended)),
    ]
    return conflict_page(stale, pairs, show_url=training_url(now))


def _marks(form: Any, attended: dict[int, bool]) -> str:
    people = form.attended.people
    words = {True: _("ผ่าน"), False: _("เข้าอบรม")}
    return ", ".join(
        f"{people[person].name} ({words[passed]})"
        for person, passed in sorted(attended.items())
        if person in people
    )
