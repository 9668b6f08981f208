"""Reading a request's body without letting it fill the memory, or hold what no database keeps."""

from starlette.requests import ClientDisconnect, Request


class BodyTooLongError(Exception):
    """The body is longer than anything that is meant for us."""


class BodyBrokenOffError(Exception):
    """The sender went away in the middle."""


async def read_body(request: Request, most_bytes: int) -> bytes:
    """The raw body.

    Raises:
        BodyTooLongError: it has more than `most_bytes`.
        BodyBrokenOffError: its sender went away.
    """
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most_bytes:
                raise BodyTooLongError
    except ClientDisconnect:
        raise BodyBrokenOffError from None
    return bytes(body)


def storable(text: str) -> str:
    """A text without what no database keeps: NUL, and halves of surrogate pairs (JSON may have them)."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
