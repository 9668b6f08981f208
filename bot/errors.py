"""How a command says no."""


class UsageError(Exception):
    """What was asked cannot be done; the text, for whoever typed it, says why and what to do."""
