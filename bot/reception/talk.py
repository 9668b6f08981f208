"""One step of a conversation while it is being worked out: what is known, what will be said and done."""

from typing import Literal

from bot.office.model import Person, StaffId
from bot.office.plans import Feature, allowed
from bot.presence.answer import Answer
from bot.presence.reachable import rule_for
from bot.reception.conversation import Conversation, Question, Reason, Saying
from bot.reception.events import (
    Effect,
    Facts,
    HangUp,
    Hold,
    Listen,
    Then,
    Turn,
    Voicemail,
)
from bot.reception.sayings import ANSWER, answer_of, sentence

Step = tuple[Conversation, Turn]

MESSAGE_SECONDS = 10
"""How long a caller may think before a message or a number."""

_IN_PASSING = frozenset(
    {"english_on", "japanese_on", "japanese_only", "wait_ok", "not_heard", "not_followed", "message_go_on"}
)
"""Scripts that are not said again when the caller asks us to repeat."""
_NO_NAMES = frozenset({Question.NUMBER, Question.NUMBER_OWN, Question.NUMBER_RIGHT, Question.MAIL_HEARD})
_SLOW = frozenset({Question.MESSAGE, Question.NUMBER, Question.MAIL_HEARD})
_MANY_KEYS = frozenset({Question.NUMBER, Question.NUMBER_OWN, Question.NUMBER_RIGHT})


class Talk:
    """Collects what one step says and causes; `c` is the conversation as it stands so far."""

    def __init__(self, facts: Facts, conversation: Conversation) -> None:
        self.facts = facts
        self.c = conversation
        self._sayings: list[Saying] = []
        self._effects: list[Effect] = []

    def note(self, **changes: object) -> None:
        """Remember something. Raises nothing: values are those of `Conversation`'s fields."""
        self.c = self.c.model_copy(update=changes)

    def say(self, script: str, **values: str) -> None:
        """Say a named sentence; values are raw (see `bot.reception.sayings`)."""
        self._sayings.append(Saying(script=script, values=values))

    def tell(self, script: str, **values: str) -> None:
        """Say something that staff should know the caller was told."""
        self.say(script, **values)
        told = sentence(self.facts, self._sayings[-1], "ja")
        if told not in self.c.told:
            self.note(told=(*self.c.told, told))

    def again(self) -> None:
        """Say what was said last."""
        self._sayings.extend(self.c.last)

    def ask_once_more(self) -> None:
        """Say the question that was asked last, without what led up to it."""
        self._sayings.extend(self.c.last[-1:])

    def cause(self, effect: Effect) -> None:
        self._effects.append(effect)

    def has(self, feature: Feature) -> bool:
        """Whether the office's plan has `feature`."""
        return allowed(self.facts.office, feature)

    @property
    def person(self) -> Person | None:
        """Who is asked for, if that is known."""
        return self.facts.people.get(self.c.staff) if self.c.staff else None

    def may_hold(self, staff: StaffId) -> bool:
        """Whether `staff` can be asked now and was not yet."""
        return staff not in self.c.tried and not self.c.sales and self.facts.can_ask(staff, self.c.urgent)

    def answer(self) -> Answer | None:
        """What may be told about the person asked for."""
        return answer_of(self.facts, self.c.staff) if self.c.staff else None

    def tell_answer(self, staff: StaffId) -> None:
        """Say how it is with `staff`: always a whole truth, and never a mere refusal."""
        self.tell(ANSWER, person=staff)
        self.give_reason(staff, "told", answer_of(self.facts, staff).script)
        self.note(answered=(*(s for s in self.c.answered if s != staff), staff))

    def give_reason(
        self, staff: StaffId, did: Literal["asked", "told", "ended"], script: str, outcome: str | None = None
    ) -> None:
        """Keep why the call goes on like this; each reason once."""
        facts = self.facts
        presence = facts.presence_of(staff)
        rule = rule_for(
            facts.office,
            facts.people[staff],
            presence,
            facts.at,
            urgent=self.c.urgent,
            vip=facts.caller.vip,
        )
        reason = Reason(
            at=facts.at,
            staff=staff,
            did=did,
            script=script,
            kind=presence.kind,
            overdue=presence.overdue,
            on_call=presence.on_call,
            rule=rule,
            outcome=outcome,
        )
        if not any(known.model_copy(update={"at": reason.at}) == reason for known in self.c.reasons):
            self.note(reasons=(*self.c.reasons, reason))

    def listen(self, question: Question) -> Step:
        """Hear the caller's answer to `question`."""
        self.note(question=question)
        return self._turn(
            Listen(
                names=question not in _NO_NAMES,
                digits=None if question in _MANY_KEYS else 1,
                timeout_seconds=MESSAGE_SECONDS if question in _SLOW else 6,
            )
        )

    def hold(self, staff: StaffId, script: str | None = None, **values: str) -> Step:
        """Ask `staff` while the caller holds, with the usual word or another."""
        said = script or ("hold_urgent" if self.c.urgent else "hold")
        self.say(said, **values)
        if self.has(Feature.RECORDING) and not self.c.tried:  # said once, before anything is recorded
            self.say("hold_recorded")
        self.give_reason(staff, "asked", said)
        self.note(question=Question.HOLDING, holding=staff, tried=(*self.c.tried, staff))
        return self._turn(Hold(staff=staff, urgent=self.c.urgent))

    def record(self) -> Step:
        """Take the message by recording."""
        self.say("voicemail_prompt")
        self.note(question=Question.RECORDING)
        return self._turn(Voicemail())

    def hang_up(self) -> Step:
        self.note(ended=True)
        return self._turn(HangUp())

    def _turn(self, then: Then) -> Step:
        worth_repeating = tuple(saying for saying in self._sayings if saying.script not in _IN_PASSING)
        self.note(last=worth_repeating or self.c.last, turns=self.c.turns + 1)
        spoken = [sentence(self.facts, saying, self.c.language) for saying in self._sayings]
        return self.c, Turn(
            say=_said_once([text for text in spoken if text]),
            language=self.c.language,
            then=then,
            effects=tuple(self._effects),
        )


def _said_once(spoken: list[str]) -> tuple[str, ...]:
    """「かしこまりました。」 is not said before a sentence that begins so."""
    return tuple(text for n, text in enumerate(spoken) if not "".join(spoken[n + 1 : n + 2]).startswith(text))
