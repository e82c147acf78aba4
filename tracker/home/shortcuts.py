"""What else a unit's people do, from their home: a few links."""

from tracker.accounts.permissions import Permission
from tracker.home.unit_home import UnitHome
from tracker.progress.links import link
from tracker.web.guards import allowed
from tracker.web.i18n import gettext as _


def shortcuts(home: UnitHome) -> list[tuple[str, str]]:
    """Return (address, words) of the other pages of the unit that the visitor may open."""
    code, number = home.unit.code, home.stage.number
    writes = allowed(Permission.RECORDS_WRITE, home.unit)
    names_posts = allowed(Permission.POSTS_MANAGE, home.unit)
    offered = (
        (writes and link("activities.upload", unit=code), _("หลายกิจกรรมพร้อมกันจาก Excel")),
        (link("activities.index", unit=code, stage=number), _("กิจกรรมทั้งหมด")),
        (link("register.index", unit=code, active="yes"), _("คุณอำนวย")),
        (link("sharing.index", unit=code, stage=number), _("งานแลกเปลี่ยนเรียนรู้")),
        (names_posts and link("administration.list_posts", code=code), _("ตำแหน่งผู้บริหาร")),
        (link("following.words", unit=code), _("คำถามและกำลังใจ")),
        (link("overview.unit", code=code, stage=number), _("ผลการดำเนินงานทุกระยะ")),
        (link("reporting.index", unit=code, stage=number), _("รายงานความก้าวหน้า")),
    )
    return [(address, words) for address, words in offered if address]
