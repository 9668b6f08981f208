"""Secrets at rest: unreadable without TORITSUGI_SECRET."""

import base64
import hashlib


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


def _key(secret: str) -> bytes:
    if not secret:
        raise ValueError("TORITSUGI_SECRET is not set")
    return base64.urlsafe_b64encode(hashlib.sha256(f"toritsugi.sealing:{secret}".encode()).digest())
