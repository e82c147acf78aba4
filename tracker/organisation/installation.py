"""What this installation is, as plain values."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.organisation.models import Installation, InstallationKind
from tracker.organisation.revision import cached_by_revision


@dataclass(frozen=True, slots=True)
class InstallationInfo:
    """What the installation is and how it calls itself."""

    kind: InstallationKind
    department_th: str
    department_en: str
    office_th: str
    office_en: str
    support_th: str
    support_en: str
    support_phone: str
    demo_day: date | None

    @property
    def is_demo(self) -> bool:
        """Tell whether everything in it is invented."""
        return self.kind is InstallationKind.DEMO


def _load(session: Session) -> InstallationInfo | None:
    row = session.get(Installation, 1)
    if row is None:
        return None
    return InstallationInfo(
        kind=row.kind,
        department_th=row.department_th,
        department_en=row.department_en,
        office_th=row.office_th,
        office_en=row.office_en,
        support_th=row.support_th,
        support_en=row.support_en,
        support_phone=row.support_phone,
        demo_day=row.demo_day,
    )


def installation_info(session: Session) -> InstallationInfo | None:
    """Return what the installation is, or None before it is set up."""
    return cached_by_revision(session, "installation", _load)
