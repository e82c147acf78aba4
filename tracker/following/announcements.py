"""Lines of the office on top of every page, from a day to a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Permission
from tracker.change import Change, RefusedError, apply_values, check_version
from tracker.following.models import Announcement
from tracker.organisation.revision import cached_by_revision, renew_revision


@dataclass(frozen=True, slots=True)
class Line:
    """What an announcement says, in both languages, and while."""

    text_th: str
    text_en: str
    since: date
    until: date


def announcements_on(session: Session, day: date) -> list[Line]:
    """Return what is announced on a day, the earliest first; usually without asking the table."""

    def load(session: Session) -> list[Line]:
        columns = (Announcement.text_th, Announcement.text_en, Announcement.since, Announcement.until)
        return [Line(*row) for row in session.execute(select(*columns).order_by(Announcement.since))]

    return [
        line for line in cached_by_revision(session, "announcements", load) if line.since <= day <= line.until
    ]


def all_announcements(session: Session) -> list[Announcement]:
    """Return every announcement, the latest first."""
    order = (Announcement.until.desc(), Announcement.id.desc())
    return list(session.scalars(select(Announcement).order_by(*order)))


def _check(text_th: str, since: date, until: date) -> None:
    if not text_th:
        raise RefusedError("กรุณาพิมพ์ข้อความ", field="text_th")
    if until < since:
        raise RefusedError("วันสุดท้ายต้องไม่อยู่ก่อนวันแรก", field="until")


def announce(change: Change, *, text_th: str, since: date, until: date, text_en: str = "") -> Announcement:
    """Show a line on every page from a day to a day."""
    change.require(Permission.ANNOUNCEMENTS_MANAGE)
    _check(text_th, since, until)
    line = Announcement(
        text_th=text_th, text_en=text_en, since=since, until=until, announced_by=change.actor.name
    )
    change.session.add(line)
    change.record("announced", line, text=text_th, since=since, until=until)
    renew_revision(change.session)
    return line


def _announcement(change: Change, announcement_id: int) -> Announcement:
    change.require(Permission.ANNOUNCEMENTS_MANAGE)
    line = change.session.get(Announcement, announcement_id)
    if line is None:
        raise RefusedError("ไม่พบประกาศนี้")
    return line


def edit_announcement(
    change: Change,
    *,
    announcement_id: int,
    text_th: str,
    since: date,
    until: date,
    text_en: str = "",
    version: int | None = None,
) -> Announcement:
    """Change an announcement; raise StaleError when somebody else did meanwhile."""
    line = _announcement(change, announcement_id)
    check_version(line, version)
    _check(text_th, since, until)
    changed = apply_values(line, {"text_th": text_th, "text_en": text_en, "since": since, "until": until})
    if changed:
        change.record("edited", line, changed=changed)
        renew_revision(change.session)
    return line


def end_announcement(change: Change, *, announcement_id: int) -> None:
    """Take a line off every page from now; one that began today, or not yet, is taken out altogether."""
    line = _announcement(change, announcement_id)
    if line.until < change.today:
        raise RefusedError("ประกาศนี้สิ้นสุดไปแล้ว")
    change.record("ended", line, text=line.text_th)
    if line.since < change.today:
        apply_values(line, {"until": change.today - timedelta(days=1)})
    else:
        change.session.delete(line)
    renew_revision(change.session)
