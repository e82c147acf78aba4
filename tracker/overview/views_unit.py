"""Pages of a unit, of a step, of the members that joined, and the list of all units."""

from collections.abc import Callable

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.activities.listing import activity_list
from tracker.activities.queries import ActivityFilters, activity_count
from tracker.following.listing import group_of, groups_of
from tracker.following.sentences import call_line, reason_lines
from tracker.following.stage_view import joined_in
from tracker.organisation.tree import UnitNode
from tracker.overview.blueprint import bp
from tracker.overview.filters import about, file_name, stage_name
from tracker.overview.lens import Lens, asked_stage, lens, may_see
from tracker.overview.rows import CLAIMS
from tracker.overview.tables import members_table
from tracker.overview.unit_page import unit_page
from tracker.programme.enrolments import EnrolmentInfo
from tracker.programme.list_filters import small_number
from tracker.programme.plan import StepInfo
from tracker.programme.reference import plan
from tracker.progress.links import link
from tracker.progress.words import level_words
from tracker.session import db
from tracker.web.clock import today
from tracker.web.downloads import send_table
from tracker.web.guards import actor, allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.pages import render
from tracker.web.paging import here_with
from tracker.web.reference import tree, unit_or_404
from tracker.web.units import is_inside

P = Permission
LATEST = 10


@bp.get("/units/<code>")
@requires(P.UNIT_READ)
def unit(code: str) -> str:
    """Show a unit."""
    node = unit_or_404(code)
    if not allowed(P.UNIT_READ, node):
        abort(404)
    inside = is_inside(node)
    page = unit_page(
        db(), actor(), plan(), tree(), node, asked_stage(), today(),
        names=inside, noted=allowed(P.ATTENTION_READ),
    )  # fmt: skip
    return render(
        "overview/unit.html",
        page=page,
        plan=plan(),
        tree=tree(),
        day=today(),
        group=group_of(tree(), node),
        linked=link,
        call_line=call_line,
        lines=lambda reasons: reason_lines(reasons, plan()),
        manages=allowed(P.FOLLOWING_MANAGE),
        may_ask=allowed(P.UNITS_ASK, node),
        may_answer=allowed(P.QUESTION_ANSWER, node),
        names_posts=allowed(P.POSTS_MANAGE, node),
        sees_people=inside,
        lang_words=lambda step, claim: step.claim_word(claim, language()),
    )


@bp.get("/units/")
@requires(P.TOTALS_READ)
def units() -> str:
    """Show all units, to choose one to look at."""
    q = request.args.get("q", "").strip().lower()[:200]
    groups = groups_of(tree())
    found = [
        (group, [n for n in tree().children(group.id) if n.closed_on is None and q in n.search_text])
        for group in groups
    ]
    above = [
        n for n in tree() if not n.is_member and not n.is_pilot and n not in groups and q in n.search_text
    ]
    return render(
        "overview/units.html", found=[(g, n) for g, n in found if n], above=above, q=q, may_see=may_see
    )


def _step_or_404(number: int) -> StepInfo:
    return plan().step(number) or abort(404)


@bp.get("/stages/<int:number>/steps/<int:step>")
@requires(P.TOTALS_READ)
def step(number: int, step: int) -> str:
    """Show what all units did in a step."""
    looked_at, found = lens(number), _step_or_404(step)
    view = looked_at.view
    node = looked_at.unit
    wanted = ActivityFilters(
        stage_id=looked_at.stage.id,
        step_id=found.id,
        unit_ids=tree().subtree_ids(node.id) if node else None,
    )
    return render(
        "overview/step.html",
        lens=looked_at,
        view=view,
        step=found,
        level=level_words(found),
        steps=plan().steps,
        rules=plan().rules_of(found.id),
        counts={word: len(view.with_claim(found.id, claim)) for word, claim in CLAIMS.items()},
        groups=_group_counts(looked_at, found),
        activities=activity_list(db(), actor(), tree(), wanted, limit=LATEST),
        total=activity_count(db(), actor(), tree(), wanted),
        members=_members(looked_at, found)[1] if view.scope.members() else [],
        linked=link,
        here_with=here_with,
        tree=tree(),
        language=language(),
    )


def _group_counts(
    looked_at: Lens, found: StepInfo
) -> list[tuple[UnitNode | None, dict[str, int], int, str | None]]:
    """Return (group, how many claim what, how many in all, the unit whose list shows just them)."""
    view = looked_at.view
    groups: dict[UnitNode | None, list[EnrolmentInfo]] = {}
    for enrolment in view.enrolments:
        groups.setdefault(group_of(tree(), tree()[enrolment.unit_id]), []).append(enrolment)
    rows = []
    for group, inside in groups.items():
        said = [view.claims.get((e.id, found.id), CLAIMS["none"]) for e in inside]
        counts = {word: said.count(claim) for word, claim in CLAIMS.items()}
        rows.append((group, counts, len(inside), looked_at.within(group, inside)))
    return rows


def _members(looked_at: Lens, found: StepInfo) -> tuple[list[UnitNode], list[UnitNode]]:
    """Return all members below the enrolled units, and those that took part in a step, in tree order."""
    scope = looked_at.view.scope
    joined: set[int] = set()
    for (_enrolment_id, step_id), ids in joined_in(db(), plan(), scope).items():
        if step_id == found.id:
            joined |= ids
    members = sorted(scope.members(), key=lambda node: node.order)
    return members, [node for node in members if node.id in joined]


def _members_asked(number: int) -> tuple[Lens, StepInfo, list[UnitNode], list[UnitNode]]:
    looked_at = lens(number)
    found = _step_or_404(small_number(request.args.get("step", "1")))
    members, joined = _members(looked_at, found)
    if request.args.get("only") == "not_yet":
        return looked_at, found, members, [node for node in members if node not in joined]
    return looked_at, found, members, joined


@bp.get("/stages/<int:number>/members")
@requires(P.TOTALS_READ)
def members(number: int) -> str:
    """Show the members that took part in a step through the unit they belong to."""
    looked_at, found, everybody, shown = _members_asked(number)
    only = request.args.get("only", "")
    return render(
        "overview/members.html",
        lens=looked_at,
        step=found,
        level=level_words(found),
        steps=plan().steps,
        members=everybody,
        shown=shown,
        only=only,
        may_see=may_see,
        group=lambda node: group_of(tree(), node),
        here_with=here_with,
        url=_members_url(looked_at),
    )


def _members_url(looked_at: Lens) -> Callable[..., str]:
    return lambda **more: url_for(
        "overview.members",
        number=looked_at.stage.number,
        **{"step": request.args.get("step"), **looked_at.arguments, **more},
    )


@bp.get("/stages/<int:number>/members.<any(csv, xlsx):extension>")
@requires(P.TOTALS_READ)
def export_members(number: int, extension: str) -> ResponseReturnValue:
    """Send the members that took part as a file."""
    looked_at, found, everybody, shown = _members_asked(number)
    word = _("ยังไม่ร่วม") if request.args.get("only") == "not_yet" else _("ร่วมแล้ว")
    title = f"{_('หน่วยงานร่วม')} {found.number} {named(found, 'short')}"
    of_all = _("จาก %(n)s หน่วยงาน", n=f"{len(everybody):,}")
    said = about(looked_at, filtered=f"{word} {len(shown):,} {of_all}")
    table = members_table(shown, title, lambda node: named(group_of(tree(), node)), may_see, said)
    return send_table(table, extension, file_name(looked_at, title, word, stage_name(looked_at)))
