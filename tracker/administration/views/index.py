"""Where administration begins, and the settings of the installation."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from tracker.administration.forms import SettingsForm
from tracker.administration.operations import edit_installation
from tracker.administration.queries import PeopleFilter, count_people
from tracker.administration.views.blueprint import P, bp
from tracker.change import StaleError
from tracker.organisation.models import Installation
from tracker.session import db
from tracker.web.clock import today
from tracker.web.conflicts import conflict_page, form_pairs
from tracker.web.forms import TrackerForm
from tracker.web.guards import allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, render, submit
from tracker.web.reference import here, tree


@bp.get("/")
@requires(P.PEOPLE_MANAGE, P.UNITS_MANAGE, P.SETTINGS_MANAGE, P.AUDIT_READ)
def index() -> ResponseReturnValue:
    """Show what there is to administer, with the counts that matter."""
    counts = {
        state: count_people(db(), PeopleFilter(state=state), today())
        for state in ("active", "never", "disabled")
    }
    units = sum(node.closed_on is None for node in tree())
    may = {permission.name: allowed(permission) for permission in P}
    return render("administration/index.html", counts=counts, units=units, may=may, info=here())


@bp.route("/settings", methods=["GET", "POST"])
@requires(P.SETTINGS_MANAGE)
def settings() -> ResponseReturnValue:
    """Change what the installation calls itself and whom to call."""
    row = db().get(Installation, 1) or abort(404)
    form = SettingsForm(obj=row)
    names = [field.name for field in form if field.name not in ("version", "csrf_token")]
    return submit(
        form,
        "administration/settings.html",
        do=lambda change: edit_installation(
            change, **{name: form[name].data for name in names}, version=form.opened_with
        ),
        to=lambda _row: url_for(".settings"),
        said=lambda _row: notice(_("บันทึกการตั้งค่าแล้ว")),
        conflict=lambda typed, stale: both_versions(typed, stale, url_for(".settings")),
    )


def both_versions(form: TrackerForm, stale: StaleError, show_url: str) -> ResponseReturnValue:
    """Answer a stale form: what was typed beside what is stored, field by field."""
    fields = [field for field in form if field.name not in ("version", "csrf_token")]
    stored = {field.name: getattr(stale.current, field.name) for field in fields}
    return conflict_page(stale, form_pairs(form, stored), show_url=show_url)
