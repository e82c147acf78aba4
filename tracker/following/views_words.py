"""Pages of what executives and the office say to units, and what the units answer."""

from collections.abc import Callable
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from tracker.accounts.permissions import Permission
from tracker.activities.queries import readable_activity
from tracker.following import operations_words as ops
from tracker.following.blueprint import bp
from tracker.following.forms import AnswerForm, WordForm
from tracker.following.models import Word, WordKind
from tracker.following.queries_words import Show, only, readable_word, words_by, words_by_kind, words_to
from tracker.organisation.tree import UnitNode
from tracker.programme.list_filters import small_number
from tracker.programme.plan import programme_plan
from tracker.session import begin_change, db
from tracker.web.conflicts import conflict_page
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import lazy, named
from tracker.web.pages import notice, render, see, submit
from tracker.web.paging import Page, here_with, page_number, per_page
from tracker.web.reference import tree, unit_or_404
from tracker.web.units import is_inside

P = Permission


def _number(name: str) -> int:
    return small_number(request.args.get(name, ""))


def _about(unit: UnitNode) -> dict[str, Any]:
    plan = programme_plan(db())
    stage, step = plan.stage(_number("stage")), plan.step(_number("step"))
    activity = readable_activity(db(), actor(), tree(), _number("activity"))
    if activity is not None and activity.unit_id != unit.id:
        activity = None
    return {"stage": stage, "step": step, "activity": activity}


def _say(code: str, kind: WordKind) -> ResponseReturnValue:
    unit = unit_or_404(code)
    form, about = WordForm(), _about(unit)
    say = ops.ask_unit if kind is WordKind.QUESTION else ops.encourage_unit
    ids = {f"{name}_id": thing.id if thing else None for name, thing in about.items()}
    return submit(
        form,
        "following/say.html",
        do=lambda change: say(change, unit_id=unit.id, text=form.text.data, **ids),
        to=lambda _word: url_for("overview.unit", code=unit.code),
        said=lambda word: notice(
            _("ส่งข้อความถึง %(unit)s แล้ว", unit=named(unit)), url_for(".withdraw_word", word_id=word.id)
        ),
        unit=unit,
        kind=kind,
        **about,
    )


@bp.route("/units/<code>/ask", methods=["GET", "POST"])
@requires(P.UNITS_ASK)
def ask(code: str) -> ResponseReturnValue:
    """Ask a unit something."""
    return _say(code, WordKind.QUESTION)


@bp.route("/units/<code>/encourage", methods=["GET", "POST"])
@requires(P.UNITS_ASK)
def encourage(code: str) -> ResponseReturnValue:
    """Encourage a unit."""
    return _say(code, WordKind.ENCOURAGEMENT)


SHOWN = {
    None: lazy("ทั้งหมด"),
    Show.WAITING: lazy("รอคำตอบ"),
    Show.ANSWERED: lazy("ตอบแล้ว"),
    Show.PRAISE: lazy("กำลังใจ"),
}


@bp.get("/words/")
@requires(P.UNIT_READ)
def words() -> str:
    """Show what was said to a unit, or by the visitor: everything, or one kind of it."""
    code = request.args.get("unit", "")
    unit = unit_or_404(code) if code else None
    if unit is not None and not allowed(P.UNIT_READ, unit):
        abort(404)
    text, number, said = request.args.get("show", ""), page_number(), _asked_words(unit)
    show = Show(text) if text in list(Show) else None
    rows = db().scalars(only(said, show).limit(per_page()).offset((number - 1) * per_page())).all()
    counts = words_by_kind(db(), said)
    return render(
        "following/words.html",
        page=Page(rows, number, counts[show]),
        unit=unit,
        tabs=[(_tab_url(each), str(SHOWN[each]), counts[each], each is show) for each in SHOWN],
        **_word_context(),
    )


def _tab_url(show: Show | None) -> str:
    return here_with(show=show.value if show else None, page=None)


def _asked_words(unit: UnitNode | None) -> Select[Word]:
    if unit is not None:
        return words_to([unit.id])
    if allowed(P.UNITS_ASK):
        return words_by(actor().person_id or 0)
    held = {role.unit_id for role in actor().roles}
    return words_to(unit_id for unit_id in held if allowed(P.UNIT_READ, tree()[unit_id]))


def _word_context() -> dict[str, Any]:
    return {
        "unit_of": lambda word: tree()[word.unit_id],
        "answers": lambda word: allowed(P.QUESTION_ANSWER, tree()[word.unit_id]),
        "takes_back": _takes_back,
        "is_inside": is_inside,
        "plan": programme_plan(db()),
    }


def _takes_back(word: Word) -> bool:
    if allowed(P.RECORDS_HIDE, tree()[word.unit_id]):
        return True
    return word.said_by_id == actor().person_id and word.answered_on is None


def _word_or_404(word_id: int) -> Word:
    return readable_word(db(), word_id, actor(), tree()) or abort(404)


@bp.route("/words/<id:word_id>/answer", methods=["GET", "POST"])
@requires(P.QUESTION_ANSWER)
def answer(word_id: int) -> ResponseReturnValue:
    """Answer for the unit."""
    word = _word_or_404(word_id)
    if not allowed(P.QUESTION_ANSWER, tree()[word.unit_id]):
        abort(403)
    if word.withdrawn_on is not None and request.method == "GET":
        abort(404)
    form = AnswerForm(data={"answer": word.answer, "version": word.version})
    return submit(
        form,
        "following/answer.html",
        do=lambda change: ops.answer_word(
            change, word_id=word_id, answer=form.answer.data, version=form.opened_with
        ),
        to=lambda _word: url_for("home.index"),
        said=lambda _word: notice(_("ส่งคำตอบแล้ว")),
        conflict=lambda typed, stale: conflict_page(
            stale,
            [(_("คำตอบ"), typed.answer.data, str(getattr(stale.current, "answer", "")))],
            show_url=url_for(".answer", word_id=word_id),
        ),
        word=word,
        **_word_context(),
    )


@bp.post("/words/<id:word_id>/seen")
@requires(P.QUESTION_ANSWER)
def seen(word_id: int) -> ResponseReturnValue:
    """Note that the unit read the words."""
    word = _word_or_404(word_id)
    if not allowed(P.QUESTION_ANSWER, tree()[word.unit_id]):
        abort(403)
    with begin_change() as change:
        ops.mark_seen(change, word_id=word_id)
    return see(url_for("home.index"))


@bp.post("/words/<id:word_id>/withdraw")
@requires(P.UNITS_ASK)
def withdraw_word(word_id: int) -> ResponseReturnValue:
    """Take words back that were said by the visitor; the office takes back any."""
    return _put(word_id, ops.withdraw_word, _("ยกเลิกข้อความแล้ว หน่วยงานไม่เห็นข้อความนี้อีก"), "restore_word")


@bp.post("/words/<id:word_id>/restore")
@requires(P.UNITS_ASK)
def restore_word(word_id: int) -> ResponseReturnValue:
    """Show the unit again what was taken back."""
    return _put(word_id, ops.restore_word, _("ส่งข้อความถึงหน่วยงานอีกครั้งแล้ว"), "withdraw_word")


def _put(word_id: int, do: Callable[..., Word], done: str, undone_by: str) -> ResponseReturnValue:
    _word_or_404(word_id)
    with begin_change() as change:
        word = do(change, word_id=word_id)
        unit = tree()[word.unit_id]
    notice(done, url_for(f".{undone_by}", word_id=word_id))
    is_own = word.said_by_id == actor().person_id
    return see(url_for(".words", unit=None if is_own else unit.code))
