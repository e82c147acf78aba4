"""The accounts that the demo prints: one for each role, and one more coordinator."""

from dataclasses import dataclass

from tracker.accounts.models import RoleKind

DOMAIN = "demo.invalid"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo; `unit_code` None is the department's own."""

    name: str
    kind: RoleKind
    unit_code: str | None = None

    @property
    def email(self) -> str:
        """Return the address to sign in with; no mail ever reaches that domain."""
        return f"{self.name}@{DOMAIN}"

    @property
    def password(self) -> str:
        """Return the password, which is no secret."""
        return f"demo-{self.name.rstrip('2')}-{2 if self.name.endswith('2') else 1}"


COORDINATORS = ("P022", "P089")
ACCOUNTS = (
    DemoAccount("coordinator", RoleKind.COORDINATOR, COORDINATORS[0]),
    DemoAccount("coordinator2", RoleKind.COORDINATOR, COORDINATORS[1]),
    DemoAccount("head", RoleKind.UNIT_HEAD, COORDINATORS[0]),
    DemoAccount("office", RoleKind.OFFICE),
    DemoAccount("executive", RoleKind.EXECUTIVE),
    DemoAccount("administrator", RoleKind.ADMINISTRATOR),
)
ADDRESSES = frozenset(account.email for account in ACCOUNTS)
