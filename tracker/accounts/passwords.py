"""Hashing and checking passwords by argon2id, with the parameters of OWASP's password storage cheat sheet."""

import hmac
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
_DUMMY = _hasher.hash(secrets.token_urlsafe(16))
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
MIN_LENGTH = 12
MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """A random password to hand over on paper, and its hash, which alone is kept."""

    plain: str
    hashed: str


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    return _hasher.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is the hashed one; takes as long for a missing hash."""
    try:
        _hasher.verify(password_hash or _DUMMY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Tell whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def one_time_password(secret: bytes | None = None) -> str:
    """Return a random password that is easy to read from paper: four groups of four.

    From a secret it is made, not drawn: the same secret gives the same again.
    """
    number = int.from_bytes(secret or secrets.token_bytes(32))
    letters = [_ALPHABET[number // len(_ALPHABET) ** place % len(_ALPHABET)] for place in range(16)]
    return "-".join("".join(letters[place : place + 4]) for place in range(0, 16, 4))


def one_time_passwords(
    addresses: Collection[str],
    tell: Callable[[int, int], None] | None = None,
    *,
    secret: bytes | None = None,
) -> dict[str, OneTimePassword]:
    """Return a one-time password for each address, hashed; tell whoever waits for it (done, of how many).

    Hashing is slow on purpose, so many are made before the change that gives them to people. Whoever still
    has the secret that they were made from can make them again.
    """
    made = {}
    for done, address in enumerate(addresses, start=1):
        plain = one_time_password(secret and secret_for(secret, address))
        made[address] = OneTimePassword(plain, hash_password(plain))
        if tell is not None:
            tell(done, len(addresses))
    return made


def secret_for(secret: bytes, purpose: str) -> bytes:
    """Return what a secret gives for one purpose, and for no other."""
    return hmac.digest(secret, purpose.encode(errors="backslashreplace"), "sha256")
