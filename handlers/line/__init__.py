"""What comes in from LINE."""

from handlers.line.webhook import line_routes

__all__ = ["line_routes"]
