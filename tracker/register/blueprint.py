"""The blueprint of the register, and what its views load."""

from collections.abc import Callable, Sequence

from flask import Blueprint, abort, url_for
from wtforms import Field

from tracker.accounts.permissions import Permission, places_open_to, writes_on_behalf
from tracker.facilitators.models import Facilitator, Posting, Training
from tracker.facilitators.queries import postings_of, readable_facilitator, readable_training, standing
from tracker.organisation.models import EntryDay
from tracker.organisation.tree import UnitNode
from tracker.programme.closed_stages import asks_why, send_back, turn_back
from tracker.programme.plan import StageInfo
from tracker.programme.reference import plan
from tracker.register.reading import Reader
from tracker.session import db
from tracker.web.clock import today
from tracker.web.guards import actor, allowed
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.reference import tree

P = Permission
bp = Blueprint("register", __name__)


def reader() -> Reader:
    """Return who reads, on the programme's day."""
    return Reader(actor(), today())


def is_just_entered(row: EntryDay) -> bool:
    """Tell whether the visitor entered a record today: only then it is taken back without a reason."""
    return row.entered_by_id == actor().person_id and row.entered_on == today()


def facilitator_or_404(facilitator_id: int) -> Facilitator:
    """Return a facilitator whom the visitor may read about; answer 404 else."""
    return readable_facilitator(db(), facilitator_id, actor(), today()) or abort(404)


def training_or_404(training_id: int) -> Training:
    """Return a training that the visitor may read; answer 404 else."""
    return readable_training(db(), training_id, actor()) or abort(404)


def places_of(postings: Sequence[Posting]) -> list[UnitNode]:
    """Return the units from which a facilitator with these postings is looked after."""
    return [tree()[posting.unit_id] for posting in standing(postings, today())]


def allowed_at(places: Sequence[UnitNode], permission: Permission) -> bool:
    """Tell whether the visitor may do this at one of the units."""
    return any(allowed(permission, place) for place in places)


def facilitator_to_change(
    facilitator_id: int, permission: Permission = P.RECORDS_WRITE
) -> tuple[Facilitator, list[UnitNode]]:
    """Return a facilitator with the units that look after the person; answer 404 or 403."""
    facilitator = facilitator_or_404(facilitator_id)
    places = places_of(postings_of(db(), facilitator_id))
    if not allowed_at(places, permission):
        abort(403)
    return facilitator, places


def training_to_change(
    training_id: int, permission: Permission = P.RECORDS_WRITE
) -> tuple[Training, UnitNode]:
    """Return a training with its unit; answer 404 or 403, and tell who cannot change its closed stage."""
    training = training_or_404(training_id)
    node = tree()[training.unit_id]
    if not allowed(permission, node):
        abort(403)
    if permission is P.RECORDS_WRITE:
        turn_back([plan().stage_by_id[training.stage_id]], training_url(training))
    return training, node


def open_units() -> list[UnitNode]:
    """Return the units that are not closed, in tree order."""
    return [node for node in tree() if node.closed_on is None or node.closed_on > today()]


def units_to_write() -> list[UnitNode]:
    """Return the open units whose records the visitor may write."""
    return places_open_to(actor(), P.RECORDS_WRITE, open_units())


def refuse_without_units(to: str) -> None:
    """Send who opens a form for a new place back where all the units that they write for are closed."""
    if not units_to_write():
        why = _("ไม่มีหน่วยงานที่เปิดอยู่ให้บันทึก หน่วยงานที่ดูแลอาจปิดไปแล้ว หากไม่ใช่ ให้แจ้งฝ่ายเลขานุการ")
        send_back(to, why)


def is_on_behalf(nodes: Sequence[UnitNode], reason: Field) -> bool:
    """Tell whether the visitor writes for one of the units only with a reason.

    The field of the reason then says when it is needed: always, or for some of the units.
    """
    on_behalf = [writes_on_behalf(actor(), node) for node in nodes]
    reason.flags.required = bool(on_behalf) and all(on_behalf)
    if any(on_behalf) and not all(on_behalf):
        reason.description = _("ต้องใส่เมื่อบันทึกแทนหน่วยงานอื่น")
    return any(on_behalf)


def asks_reason(places: Sequence[UnitNode], closed: Sequence[StageInfo]) -> bool:
    """Tell whether a change for one of the units asks for a reason: on behalf of it, or in closed stages."""
    own = [node for node in places if allowed(P.RECORDS_WRITE, node)]
    return any(map(asks_why, closed)) or any(writes_on_behalf(actor(), node) for node in own[:1])


def parent_name() -> Callable[[UnitNode], str]:
    """Return what a unit's group in a list of choices is called: the unit above it."""
    units = tree()
    return lambda node: named(units.parent(node.id))


def profile_url(facilitator: Facilitator) -> str:
    """Return the address of a facilitator's profile."""
    return url_for("register.show", facilitator_id=facilitator.id)


def training_url(training: Training) -> str:
    """Return the address of a training."""
    return url_for("register.show_training", training_id=training.id)
