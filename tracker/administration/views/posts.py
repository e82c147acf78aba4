"""Executive posts of a unit and their holders; coordinators keep their own unit's."""

from typing import Any

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from tracker.administration.forms import CloseForm, HolderForm, PostEditForm, PostForm
from tracker.administration.operations import add_post, close_post, edit_post, set_holder
from tracker.administration.queries import posts_of
from tracker.administration.views.blueprint import P, bp, unit_with_own_posts, unit_with_posts
from tracker.administration.views.index import both_versions
from tracker.organisation.models import ExecutivePost
from tracker.organisation.tree import UnitNode
from tracker.session import db
from tracker.web.clock import today
from tracker.web.guards import allowed, requires
from tracker.web.i18n import gettext as _
from tracker.web.more_fields import chosen
from tracker.web.pages import notice, render, submit
from tracker.web.reference import tree


@bp.get("/units/<code>/posts")
@requires(P.POSTS_MANAGE)
def list_posts(code: str) -> ResponseReturnValue:
    """List a unit's posts with who holds them."""
    node = unit_with_posts(code)
    return render(
        "administration/posts.html",
        node=node,
        posts=posts_of(db(), node.id, today()),
        editable=allowed(P.POSTS_MANAGE, node),
        can_see_unit=allowed(P.UNITS_MANAGE),
        today=today(),
    )


def _url(node: UnitNode) -> str:
    return url_for(".list_posts", code=node.code)


def _typed(form: PostForm | PostEditForm) -> dict[str, Any]:
    return {name: form[name].data for name in ("title_th", "title_en", "office_phone", "is_head")}


def _own_post(post_id: int) -> tuple[ExecutivePost, UnitNode]:
    post = db().get(ExecutivePost, post_id) or abort(404)
    return post, unit_with_own_posts(tree()[post.unit_id].code)


@bp.route("/units/<code>/posts/new", methods=["GET", "POST"])
@requires(P.POSTS_MANAGE)
def new_post(code: str) -> ResponseReturnValue:
    """Add an executive post."""
    node, form = unit_with_own_posts(code), PostForm()
    return submit(
        form,
        "administration/post_new.html",
        do=lambda change: add_post(change, unit_id=node.id, **_typed(form)),
        to=lambda _post: _url(node),
        said=lambda _post: notice(_("เพิ่มตำแหน่งแล้ว")),
        node=node,
    )


@bp.route("/posts/<id:post_id>/edit", methods=["GET", "POST"])
@requires(P.POSTS_MANAGE)
def edit_one_post(post_id: int) -> ResponseReturnValue:
    """Change what a post is called, and its office phone."""
    post, node = _own_post(post_id)
    form = PostEditForm(obj=post)
    return submit(
        form,
        "administration/post_edit.html",
        do=lambda change: edit_post(change, post_id=post_id, **_typed(form), version=form.opened_with),
        to=lambda _post: _url(node),
        said=lambda _post: notice(_("บันทึกตำแหน่งแล้ว")),
        conflict=lambda typed, stale: both_versions(typed, stale, _url(node)),
        node=node,
        post=post,
    )


@bp.route("/posts/<id:post_id>/holder", methods=["GET", "POST"])
@requires(P.POSTS_MANAGE)
def set_post_holder(post_id: int) -> ResponseReturnValue:
    """Say who holds a post from a day."""
    post, node = _own_post(post_id)
    form = HolderForm(since=today())
    return submit(
        form,
        "administration/post_holder.html",
        do=lambda change: set_holder(change, post_id=post_id, name=form.name.data, since=chosen(form.since)),
        to=lambda _holder: _url(node),
        said=lambda _holder: notice(_("บันทึกผู้ดำรงตำแหน่งแล้ว")),
        node=node,
        post=post,
        line=next(line for line in posts_of(db(), node.id, today()) if line.post.id == post_id),
    )


@bp.route("/posts/<id:post_id>/close", methods=["GET", "POST"])
@requires(P.POSTS_MANAGE)
def close_one_post(post_id: int) -> ResponseReturnValue:
    """Ask for the day, then close a post."""
    post, node = _own_post(post_id)
    form = CloseForm(closed_on=today())
    return submit(
        form,
        "administration/post_close.html",
        do=lambda change: close_post(change, post_id=post_id, closed_on=chosen(form.closed_on)),
        to=lambda _post: _url(node),
        said=lambda _post: notice(_("ปิดตำแหน่งแล้ว")),
        node=node,
        post=post,
    )
