"""The template: what is in use, to take away; one's own, tried first and then taken over."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Response, abort, request, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.change import Change, RefusedError
from tracker.programme.forms import TemplateForm
from tracker.programme.models import Programme
from tracker.programme.operations import install_template, replace_wording
from tracker.programme.reference import book, plan
from tracker.programme.template import Template, TemplateError, decode_template, parse_template
from tracker.programme.template_rows import structure_of
from tracker.programme.template_words import Rewording, rewordings
from tracker.programme.views.blueprint import P, bp
from tracker.session import db
from tracker.thai.numerals import CountError, parse_count
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import refusal_text
from tracker.web.pages import notice, render, submit


@dataclass(frozen=True)
class Tried:
    """What a template that was sent would do: problems, or only new words, or a whole new programme."""

    template: Template | None = None
    problems: tuple[tuple[str, str, str], ...] = ()
    same_structure: bool = False
    rewordings: tuple[Rewording, ...] = ()

    @property
    def can_be_taken(self) -> bool:
        """Tell whether it can be taken over."""
        return self.template is not None and (self.same_structure or not book().enrolments)


def _programme() -> Programme:
    return db().get(Programme, 1) or abort(404)


def _try(data: bytes) -> Tried:
    try:
        template = parse_template(decode_template(data))
        current = parse_template(_programme().template["source"])
    except TemplateError as error:
        return Tried(problems=tuple((p.where, refusal_text(p.said), p.reason) for p in error.problems))
    if structure_of(template) != structure_of(current):
        return Tried(template)
    return Tried(template, same_structure=True, rewordings=tuple(rewordings(current, template)))


@bp.get("/template")
@requires(P.SETTINGS_MANAGE)
def template() -> ResponseReturnValue:
    """Show the template in use."""
    return render(
        "programme/template.html", plan=plan(), programme=_programme(), enrolled=bool(book().enrolments)
    )


@bp.get("/template.toml")
@requires(P.SETTINGS_MANAGE)
def download_template() -> Response:
    """Send the template in use as the file that it was read from."""
    source = str(_programme().template["source"]).encode()
    return send_file(
        BytesIO(source), "application/toml", as_attachment=True, download_name=f"{_programme().code}.toml"
    )


@bp.route("/template/replace", methods=["GET", "POST"])
@requires(P.SETTINGS_MANAGE)
def replace_template() -> ResponseReturnValue:
    """Try a template; take it over when confirmed."""
    form = TemplateForm()
    data, name = form.sent() if form.is_submitted() else (b"", "")
    tried = _try(data) if data else Tried()
    year = request.form.get("first_fiscal_year") or str(_programme().template["first_fiscal_year"])
    form.keep(data, name)
    if form.is_submitted() and not data:
        form.file.errors = [_("เลือกไฟล์ก่อน")]
    page: dict[str, Any] = {
        "tried": tried,
        "year": year[:10],
        "enrolled": bool(book().enrolments),
    }
    if "confirm" not in request.form or not tried.can_be_taken:
        bad = form.is_submitted() and not tried.can_be_taken
        return render("programme/template_replace.html", form=form, **page), 422 if bad else 200
    return submit(
        form,
        "programme/template_replace.html",
        do=lambda change: _take(change, tried, year),
        to=lambda _programme: url_for(".template"),
        said=lambda _programme: notice(_("เปลี่ยนแม่แบบแล้ว")),
        **page,
    )


def _take(change: Change, tried: Tried, year: str) -> Programme:
    if tried.template is None:
        raise RefusedError("ยังไม่มีแม่แบบ เลือกไฟล์ก่อน")
    if tried.same_structure and _only_words(change, year):
        return replace_wording(change, template=tried.template)
    try:
        first = parse_count(year)
    except CountError:
        first = 0
    return install_template(change, template=tried.template, first_fiscal_year=first)


def _only_words(change: Change, year: str) -> bool:
    row = change.session.get_one(Programme, 1)
    return bool(book().enrolments) or year == str(row.template["first_fiscal_year"])
