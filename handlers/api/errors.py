"""What the API refuses, and how it says so."""

from typing import Any

from pydantic import ValidationError


class ApiError(Exception):
    """A refusal: `error` is a word for programs, `detail` a sentence for people, `field` where it lies."""

    def __init__(self, status: int, error: str, detail: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.error = error
        self.detail = detail
        self.field = field

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"error": self.error, "detail": self.detail, "field": self.field}


def not_found(what: str, field: str | None = None) -> ApiError:
    """404: this office has no such thing."""
    return ApiError(404, "not_found", f"there is no such {what} in this office", field)


def invalid(detail: str, field: str | None, error: str = "invalid") -> ApiError:
    """422: the request reads well and cannot be meant so."""
    return ApiError(422, error, detail, field)


def from_validation(error: ValidationError) -> ApiError:
    """The first problem of a body or query, with the field it is about."""
    problem = error.errors(include_input=False, include_url=False, include_context=False)[0]
    # Words in the path that name a type of a union are not fields of the request.
    path = [str(part) for part in problem["loc"] if not str(part).startswith(("function-", "constrained-"))]
    return invalid(problem["msg"].removeprefix("Value error, "), ".".join(path)[:200] or None)
