"""What counts as a live session, a guessing run and a good password: pure functions on plain values."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from tracker.change import RefusedError
from tracker.thai.text import has_forbidden

NAME_LENGTH = 200
# Failures allowed in the window: by one account from one address, from one address, and in all.
WINDOW = timedelta(minutes=5)
ACCOUNT_LIMIT = 10
ADDRESS_LIMIT = 50
TOTAL_LIMIT = 1000
SEEN_EVERY = timedelta(minutes=1)
KEPT_FOR = timedelta(minutes=30)
MIN_DISTINCT = 5
MIN_NAME_PART = 4

# What people take first; a longer word made by repeating one of them counts too.
COMMON = (
    "password",
    "passw0rd",
    "p@ssw0rd",
    "รหัสผ่าน",
    "qwerty",
    "qwertyuiop",
    "asdfgh",
    "asdfghjkl",
    "zxcvbn",
    "letmein",
    "welcome",
    "iloveyou",
    "admin",
    "administrator",
    "1234567890",
    "123456789",
    "12345678",
    "123456",
    "12345",
    "1234",
    "abcdef",
    "abc123",
    "kmmilestone",
    "milestone",
    "thailand",
    "bangkok",
    "correction",
    "corrections",
    "ราชทัณฑ์",
    "กรมราชทัณฑ์",
    "ประเทศไทย",
    "สวัสดี",
    "changeme",
)


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session may idle, and live."""

    idle: timedelta
    absolute: timedelta

    def is_over(self, started_at: datetime, seen_at: datetime, now: datetime) -> bool:
        """Tell whether a session's time is up."""
        return now - seen_at > self.idle or now - started_at > self.absolute


def wait_after(attempts: list[datetime], limit: int, now: datetime) -> timedelta | None:
    """Return how long to wait before the next attempt, None when the limit is not reached.

    `attempts` are the failures within the window, in any order.
    """
    if len(attempts) < limit:
        return None
    return max(sorted(attempts)[-limit] + WINDOW - now, timedelta(seconds=1))


def network_of(address: str) -> str:
    """Return what counts as one place to guess from: an IPv4 address, of IPv6 the /64 around it."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:60]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((found, 64), strict=False))


_LEET = str.maketrans("@0$!31", "aosiel")
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_name(browser: str) -> str:
    """Return what a browser calls itself, in two words: "Chrome · Windows"."""
    names = [next((name for sign, name in signs if sign in browser), "") for signs in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in names if name) or browser[:40] or "-"


def _is_common(folded: str) -> bool:
    bare = "".join(character for character in folded if character.isalnum() or ord(character) > 127)
    core = folded.strip("0123456789!.?#*_- ")
    words = {word for word in (bare, core, core.translate(_LEET)) if word}
    return any(word == common * max(1, len(word) // len(common)) for word in words for common in COMMON) or (
        bare.isdigit() and (bare in "01234567890123456789" * 2 or bare in "98765432109876543210" * 2)
    )


def check_password(password: str, *, email: str, name: str) -> None:
    """Raise RefusedError, about the field `password`, unless the password is good enough."""
    if len(password) < MIN_LENGTH:
        raise RefusedError("รหัสผ่านต้องยาวอย่างน้อย {count} ตัวอักษร", field="password", count=MIN_LENGTH)
    if len(password) > MAX_LENGTH or has_forbidden(password):
        raise RefusedError(
            "รหัสผ่านต้องยาวไม่เกิน {count} ตัวอักษร และไม่มีอักขระพิเศษที่มองไม่เห็น", field="password", count=MAX_LENGTH
        )
    folded = password.casefold().strip()
    parts = [email.casefold(), email.casefold().partition("@")[0], *name.casefold().split()]
    if any(len(part) >= MIN_NAME_PART and part in folded for part in parts):
        raise RefusedError("รหัสผ่านต้องไม่มีชื่อหรืออีเมลของคุณ", field="password")
    if len(set(folded)) < MIN_DISTINCT or _is_common(folded):
        raise RefusedError("รหัสผ่านนี้เดาง่าย ใช้คำหลายคำที่ไม่เกี่ยวกันต่อกัน เช่น ชื่อสิ่งของสามอย่าง", field="password")
