"""Reading TwiML as strictly as Twilio says it should be, and as forgivingly as Twilio does.

What is wrong is reported; then an unknown attribute or a bad value is dropped, an unknown verb passed
over, a verb that cannot be done left out, and only what is no XML at all refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from simulator.twilio.grammar import RULES, SCHEMA_VIOLATION, SSML, Violation

MOST_BYTES = 65536
ADDRESSES = ("action", "waitUrl", "url", "statusCallback", "recordingStatusCallback", "partialResultCallback")
# Warnings about a verb that is done all the same; with another fault it is not.
FORGIVEN = {13334, 13335}


class NotTwiml(Exception):  # noqa: N818 -- named for what it says about the document
    """The document can't be used at all; `code` is Twilio's error number."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb or noun; `text` is what it says, with the marks of speech synthesis taken off."""

    name: str
    attributes: Mapping[str, str]
    text: str = ""
    children: tuple["Verb", ...] = ()

    def get(self, attribute: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attributes.get(attribute, default)

    def flag(self, attribute: str, default: bool = False) -> bool:
        """The value of a true-or-false attribute."""
        return self.attributes.get(attribute, "true" if default else "false") == "true"

    def number(self, attribute: str, default: int) -> int:
        """The value of an attribute that is a whole number ("auto" counts as the default)."""
        value = self.attributes.get(attribute, "")
        return int(value) if value.isdecimal() else default


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be done, in order, and what was wrong with it."""

    verbs: tuple[Verb, ...]
    violations: tuple[Violation, ...]


def read(body: bytes, allowed: frozenset[str], *, at_hand: bool = False) -> Document:
    """The verbs of a document.

    Args:
        body: the XML.
        allowed: the verbs that have their place here.
        at_hand: the document came with a REST request; it has no address that others start from.

    Raises:
        NotTwiml: it is no XML, too long, or its root is not Response.
    """
    if len(body) > MOST_BYTES:
        raise NotTwiml(11750, f"the document has {len(body)} bytes, of at most {MOST_BYTES}")
    try:
        root = ET.fromstring(body)
    except ET.ParseError as error:
        raise NotTwiml(12100, f"no XML: {error}") from error
    if root.tag != "Response":
        raise NotTwiml(12100, f"the root is {root.tag}, not Response")
    reader = _Reader(at_hand)
    verbs = tuple(reader.children(root, allowed, "Response"))
    if (root.text or "").strip() or any((child.tail or "").strip() for child in root):
        reader.violations.append((SCHEMA_VIOLATION, "Response: text between verbs"))
    return Document(verbs, tuple(reader.violations))


class _Reader:
    def __init__(self, at_hand: bool) -> None:
        self.violations: list[Violation] = []
        self._at_hand = at_hand

    def children(self, parent: ET.Element, allowed: frozenset[str], inside: str) -> Iterator[Verb]:
        for element in parent:
            if element.tag not in allowed:
                self.violations.append((SCHEMA_VIOLATION, f"{element.tag} has no place in {inside} here"))
            elif (verb := self._verb(element)) is not None:
                yield verb

    def _verb(self, element: ET.Element) -> Verb | None:
        name, rule = element.tag, RULES[element.tag]
        attributes = dict(self._attributes(element))
        children: tuple[Verb, ...] = ()
        if name == "Say":
            text = self._spoken(element)
        else:
            text = element.text or ""
            children = tuple(self.children(element, rule.children, name))
        if text.strip() and not rule.text:
            self.violations.append((SCHEMA_VIOLATION, f"{name}: takes no text"))
        verb = Verb(name, attributes, text if name == "Say" else text.strip(), children)
        found = [*rule.whole_verb(verb), *self._addresses(verb)]
        self.violations.extend(found)
        return verb if all(code in FORGIVEN for code, _ in found) else None

    def _attributes(self, element: ET.Element) -> Iterator[tuple[str, str]]:
        checks = RULES[element.tag].attributes
        for name, value in element.attrib.items():
            if name not in checks:
                self.violations.append((SCHEMA_VIOLATION, f"{element.tag}: no attribute {name}"))
            elif not checks[name](value):
                self.violations.append((SCHEMA_VIOLATION, f"{element.tag}: {name} can't be {value[:80]!r}"))
            else:
                yield name, value

    def _addresses(self, verb: Verb) -> Iterator[Violation]:
        """A document without an address of its own can't name others by their path."""
        if not self._at_hand:
            return
        named = [(name, verb.get(name)) for name in ADDRESSES if name in verb.attributes]
        if verb.name in ("Play", "Redirect") and verb.text:
            named.append(("address", verb.text))
        for name, value in named:
            if value.startswith("/"):
                yield 11100, f"{verb.name}: in a document at hand, {name} must be absolute, not {value}"

    def _spoken(self, element: ET.Element) -> str:
        parts = [element.text or ""]
        for child in element:
            if child.tag not in SSML:
                self.violations.append((SCHEMA_VIOLATION, f"{child.tag} has no place in Say"))
            elif unknown := set(child.attrib) - SSML[child.tag]:
                self.violations.append((SCHEMA_VIOLATION, f"{child.tag}: no attribute {min(unknown)}"))
            parts += [child.get("alias") or self._spoken(child), child.tail or ""]
        return "".join(parts)
