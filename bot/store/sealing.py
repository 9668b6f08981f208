"""Secrets at rest: unreadable without TORITSUGI_SECRET."""

import base64
import hashlib
from dataclasses import dataclass

_MARK = "sealed:"


class UnsealableError(Exception):
    """The text was sealed with another secret, or is not sealed at all."""


def seal(text: str, secret: str) -> str:
    """`text`, encrypted and signed (Fernet: AES-128-CBC, HMAC-SHA256).

    Raises:
        ValueError: there is no secret to seal with.
    """
    from cryptography.fernet import Fernet

    return Fernet(_key(secret)).encrypt(text.encode()).decode()


def unseal(sealed: str, secret: str) -> str:
    """The reverse of `seal`.

    Raises:
        UnsealableError: the secret is another one.
    """
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(_key(secret)).decrypt(sealed.encode()).decode()
    except (InvalidToken, ValueError):
        raise UnsealableError from None


@dataclass(frozen=True, slots=True)
class Sealer:
    """Keeps texts sealed among values that are not; without a secret they are kept as they are.

    What was sealed with another secret stays sealed: it opens nothing, and is not lost.
    """

    secret: str = ""

    def close(self, text: str) -> str:
        """As it is stored."""
        return text if is_sealed(text) or not self.secret else _MARK + seal(text, self.secret)

    def open(self, text: str) -> str:
        """As it is used."""
        if not is_sealed(text) or not self.secret:
            return text
        try:
            return unseal(text.removeprefix(_MARK), self.secret)
        except UnsealableError:
            return text


def is_sealed(text: str) -> bool:
    """Whether a text stands there unopened."""
    return text.startswith(_MARK)


def _key(secret: str) -> bytes:
    if not secret:
        raise ValueError("TORITSUGI_SECRET is not set")
    return base64.urlsafe_b64encode(hashlib.sha256(f"toritsugi.sealing:{secret}".encode()).digest())
