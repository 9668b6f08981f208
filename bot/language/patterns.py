"""Regular expressions written as lists of words."""


def either(block: str) -> str:
    """A group of the alternatives in `block`, which are regular expressions set apart by blanks."""
    return f"(?:{'|'.join(block.split())})"
