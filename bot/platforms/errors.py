"""What can become of a request to a platform, the same for all of them."""

from datetime import timedelta


class PlatformError(Exception):
    """A request to a platform failed. The text is for operators: no contents, no numbers, no secrets."""


class TemporaryError(PlatformError):
    """Nothing was done; the same request may succeed later, not before `retry_after` where it is given."""

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PermanentError(PlatformError):
    """Nothing was done, and the same request will never succeed. `code` is the platform's own word."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class ShutOutError(PermanentError):
    """Our own token is not accepted: nothing goes through until somebody has mended that."""


class UnknownOutcomeError(PlatformError):
    """The connection broke or timed out: the platform may have done it. Ask it before a second try."""


class QuotaError(PermanentError):
    """The month's paid messages are used up (LINE)."""
