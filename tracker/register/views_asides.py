"""Pages that take a facilitator or a training out of the register, hide one at once, and bring it back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from tracker.change import Change
from tracker.facilitators import operations
from tracker.facilitators.queries import attendances_of, closed_stages_of
from tracker.organisation.tree import UnitNode
from tracker.programme.closed_stages import turn_back
from tracker.programme.plan import StageInfo
from tracker.programme.reference import plan
from tracker.register.blueprint import (
    P,
    asks_reason,
    bp,
    facilitator_to_change,
    profile_url,
    training_to_change,
    training_url,
)
from tracker.session import db
from tracker.web.guards import requires
from tracker.web.i18n import gettext as _
from tracker.web.pages import notice, submit
from tracker.web.reasons import ReasonForm

_PEOPLE = "/facilitators/<id:facilitator_id>"
_TRAININGS = "/facilitators/trainings/<id:training_id>"


@dataclass(frozen=True)
class _Record:
    """A facilitator or a training: how it is called, where its page is, what is done to it.

    `verbs` are the operations by name, `closed` the closed stages that they change; `suffix` is the end of
    the endpoints that show them.
    """

    which: dict[str, Any]
    heading: str
    places: list[UnitNode]
    closed: list[StageInfo]
    url: str
    verbs: dict[str, Callable[..., Any]]
    suffix: str = ""
    passed: int | None = None

    @property
    def node(self) -> UnitNode:
        return self.places[0]

    def do(self, change: Change, verb: str, **reason: str) -> Any:
        return self.verbs[verb](change, **self.which, **reason)

    def address(self, verb: str) -> str:
        return url_for(f"register.{verb}{self.suffix}", **self.which)


def _to_change(which: dict[str, Any], permission: P = P.RECORDS_WRITE) -> _Record:
    """Return the record that an address names; answer 404 or 403."""
    if "training_id" in which:
        training, node = training_to_change(which["training_id"], permission)
        stage, url = plan().stage_by_id[training.stage_id], training_url(training)
        closed = [stage] if stage.is_closed else []
        passed = sum(attendances_of(db(), training.id).values())
        return _Record(which, training.course, [node], closed, url, _OF_TRAININGS, "_a_training", passed)
    facilitator, places = facilitator_to_change(which["facilitator_id"], permission)
    closed = closed_stages_of(db(), facilitator.id)
    if permission is P.RECORDS_WRITE:
        turn_back(closed, profile_url(facilitator))
    return _Record(which, facilitator.name, places, closed, profile_url(facilitator), _OF_PEOPLE)


_OF_PEOPLE: dict[str, Callable[..., Any]] = {
    "withdraw": operations.withdraw_facilitator,
    "restore": operations.restore_facilitator,
    "hide": operations.hide_facilitator,
    "unhide": operations.unhide_facilitator,
}
_OF_TRAININGS: dict[str, Callable[..., Any]] = {
    "withdraw": operations.withdraw_training,
    "restore": operations.restore_training,
    "hide": operations.hide_training,
    "unhide": operations.unhide_training,
}


def _asked(
    record: _Record, template: str, verb: str, said: str, *, undo: str | None = None, asks: bool = True
) -> ResponseReturnValue:
    """Ask why where that is needed, then do it."""
    form = ReasonForm()
    if not asks:
        del form.reason

    def do(change: Change) -> Any:
        return record.do(change, verb, **({"reason": form.reason.data} if asks else {}))

    return submit(
        form,
        template,
        do=do,
        to=lambda _made: record.url,
        said=lambda _made: notice(said, undo=record.address(undo) if undo else None),
        record=record,
        verb=verb,
    )


@bp.route(f"{_PEOPLE}/withdraw", methods=["GET", "POST"])
@bp.route(f"{_TRAININGS}/withdraw", methods=["GET", "POST"], endpoint="withdraw_a_training")
@requires(P.RECORDS_WRITE)
def withdraw(**which: int) -> ResponseReturnValue:
    """Take a facilitator or a training out of the register, with a reason."""
    record = _to_change(which)
    said = _("ยกเลิกรายการบันทึก %(name)s แล้ว", name=record.heading)
    return _asked(record, "register/withdraw.html", "withdraw", said, undo="restore")


@bp.route(f"{_PEOPLE}/restore", methods=["GET", "POST"])
@bp.route(f"{_TRAININGS}/restore", methods=["GET", "POST"], endpoint="restore_a_training")
@requires(P.RECORDS_WRITE)
def restore(**which: int) -> ResponseReturnValue:
    """Count a withdrawn facilitator or training again."""
    record = _to_change(which)
    said = _("กู้คืน %(name)s แล้ว", name=record.heading)
    return _asked(
        record, "register/bring_back.html", "restore", said, asks=asks_reason(record.places, record.closed)
    )


@bp.route(f"{_PEOPLE}/hide", methods=["GET", "POST"])
@bp.route(f"{_TRAININGS}/hide", methods=["GET", "POST"], endpoint="hide_a_training")
@requires(P.RECORDS_HIDE)
def hide(**which: int) -> ResponseReturnValue:
    """Hide a facilitator or a training at once, with a reason."""
    record = _to_change(which, P.RECORDS_HIDE)
    return _asked(record, "register/hide.html", "hide", _("ซ่อนรายการแล้ว"), undo="unhide")


@bp.route(f"{_PEOPLE}/unhide", methods=["GET", "POST"])
@bp.route(f"{_TRAININGS}/unhide", methods=["GET", "POST"], endpoint="unhide_a_training")
@requires(P.RECORDS_HIDE)
def unhide(**which: int) -> ResponseReturnValue:
    """Show a hidden facilitator or training again."""
    record = _to_change(which, P.RECORDS_HIDE)
    return _asked(
        record, "register/bring_back.html", "unhide", _("แสดงรายการอีกครั้งแล้ว"), asks=bool(record.closed)
    )
