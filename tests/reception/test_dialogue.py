"""What must hold in every conversation, whatever happens in whatever order."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.language.model import Kind
from bot.office.model import Line, PhoneNumber, Plan
from bot.reception.conversation import Conversation, Question
from bot.reception.dialogue import MAX_TURNS, begin, step
from bot.reception.events import (
    CallerLine,
    Event,
    HangUp,
    Hold,
    HungUp,
    Listen,
    Pressed,
    Recorded,
    Said,
    Silence,
    TransferEnded,
    TransferOutcome,
    Turn,
    Voicemail,
)
from bot.reception.sayings import sentence
from bot.reception.summary import summary
from tests.support.reception import EVENING, OFFICE, SUNDAY, TUESDAY, CallFacts, busy

SECRET = "極秘商談先アルファ物産"
PRESENCES = {
    "kurimoto": busy(Kind.TRIP, note=SECRET),
    "sato": busy(Kind.MEETING, TUESDAY.replace(hour=15), note=SECRET, word="会議"),
    "watanabe": busy(Kind.LEAVE, note=SECRET),
    "tanaka": busy(Kind.OUT, TUESDAY.replace(hour=9, minute=30), overdue=True, note=SECRET),
}
UTTERANCES = (
    "スマイル企画の江川と申しますが営業の栗本さんいらっしゃいますか", "栗本さん", "佐藤さんお願いします", "総務の方です",
    "五十嵐さんいますか", "江口さんお願いします", "村上さんお願いします", "営業の方ならどなたでも", "経理につないでください",
    "大野さんお願いします", "小野さんお願いします", "渡辺さんいつ戻りますか", "田中さんは", "江川です", "はい", "いいえ", "結構です",
    "大丈夫です", "折り返しお願いします", "伝言をお願いします", "見積もりの件で至急ご連絡くださいとお伝えください", "またかけ直します",
    "メールアドレスを教えてください", "一文字ずつお願いします", "ショートメールで送ってください",
    "kurimoto アット smilecorp ドットコム", "kurihara アット ヤフー ドットコム", "090-1234-5678です", "012-3456-7890です",
    "違います", "もう一度お願いします", "少々お待ちください", "English please", "日本語でお願いします", "機械ですか", "急ぎです",
    "何か今日中に連絡できる方法はありませんか", "ほかの方はいますか", "携帯番号を教えてください", "どちらにいらっしゃるんですか",
    "先ほどお電話をいただいた者ですが", "光回線のご案内です", "営業時間は何時までですか", "お世話になっております", "ありがとうございます",
    "以上です", "江川ではなく江口です", "栗本さんじゃなくて斎藤さんです", "雨がやみませんねえ本当に困ったものです", "あ",
    "ほにゃほにゃ", "番号はご存じです", "この番号でお願いします", "つないでください", "電話があったことだけお伝えください",
    "May I speak to Mr. Kurimoto please", "I would like to leave a message",
)  # fmt: skip
QUESTIONS = frozenset(
    [
        "whom_ask",
        "whom_keys",
        "which_ask",
        "which_many",
        "which_keys",
        "person_confirm",
        "caller_ask",
        "caller_ask_person",
        "caller_ask_again",
        "callback_offer",
        "offer_again",
        "offer_keys",
        "offer_message_only",
        "deputy_offer",
        "mail_ask",
        "mail_written",
        "mail_read_back",
        "message_ask_for",
        "message_ask_again",
        "number_offer",
        "number_ask",
        "number_again",
        "number_ask_keys",
        "number_keys_again",
        "number_confirm",
        "number_confirm_keys",
        "more_ask",
    ]
)
ABOUT_SOMEBODY = frozenset(
    ["offer_again", "offer_keys", "offer_message_only", "mail_written", "mail_read_back", "message_ask_again"]
)
ASKED_FOR_REPETITION = (
    "もう一度お願いします",
    "English please",
    "日本語でお願いします",
    "江川ではなく江口です",
)


class Calls(RuleBasedStateMachine):
    """Any sequence of events in any office."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = CallFacts(presences=dict(PRESENCES))
        self.started = False
        self.questions: Counter[str] = Counter()
        self.conversation: Conversation
        self.turn: Turn

    @precondition(lambda self: not self.started)
    @rule(
        at=st.sampled_from([TUESDAY, EVENING, SUNDAY]),
        plan=st.sampled_from(list(Plan)),
        caller=st.sampled_from(
            [
                CallerLine(),
                CallerLine(number=PhoneNumber("+819012345678"), mobile=True),
                CallerLine(number=PhoneNumber("+81312345678"), name="江川", company="スマイル企画", vip=True),
            ]
        ),
        line=st.sampled_from(
            [
                None,
                Line(number="+81345671236", staff="kurimoto"),
                Line(number="+81345671235", department="営業"),
                Line(number="+81345671237", staff="gone"),
            ]
        ),
    )
    def rings(self, at, plan, caller, line) -> None:
        office = OFFICE.model_copy(update={"plan": plan})
        self.facts = CallFacts(at=at, office=office, caller=caller, line=line, presences=dict(PRESENCES))
        self.conversation, self.turn = begin(self.facts)
        self.started = True

    def take(self, event: Event, *, repeats: bool = False) -> None:
        was_over = isinstance(self.turn.then, HangUp)
        stored = Conversation.model_validate_json(self.conversation.model_dump_json())
        assert stored == self.conversation
        self.conversation, self.turn = step(stored, event, self.facts)
        if was_over:
            assert self.turn == Turn(say=(), language=self.conversation.language, then=HangUp())
        if not repeats and self.turn.say:
            self.questions.update(
                f"{saying.script} {saying.values} {self.about() if saying.script in ABOUT_SOMEBODY else ''}"
                for saying in self.conversation.last
                if saying.script in QUESTIONS
                and sentence(self.facts, saying, self.turn.language) in self.turn.say
            )

    def about(self) -> str:
        return f"{self.conversation.staff} {self.conversation.department}"

    @precondition(lambda self: self.started)
    @rule(text=st.sampled_from(UTTERANCES))
    def says(self, text: str) -> None:
        self.take(Said(text=text), repeats=text in ASKED_FOR_REPETITION)

    @precondition(lambda self: self.started)
    @rule(text=st.text(max_size=30))
    def mumbles(self, text: str) -> None:
        self.take(Said(text=text, confidence=0.1), repeats=True)

    @precondition(lambda self: self.started)
    @rule(digits=st.sampled_from(["1", "2", "3", "9", "0", "*", "#", "", "09012345678", "0123", "12345#"]))
    def presses(self, digits: str) -> None:
        self.take(Pressed(digits=digits), repeats=digits in ("*", "9"))

    @precondition(lambda self: self.started)
    @rule()
    def is_silent(self) -> None:
        self.take(Silence())

    @precondition(lambda self: self.started and isinstance(self.turn.then, Hold))
    @rule(
        outcome=st.sampled_from(list(TransferOutcome)),
        by=st.sampled_from([None, "sato", "ono", "gone"]),
        minutes=st.sampled_from([None, 5, 30]),
    )
    def staff_answers(self, outcome, by, minutes) -> None:
        self.take(TransferEnded(outcome=outcome, by=by, minutes=minutes))

    @precondition(lambda self: self.started and isinstance(self.turn.then, Voicemail))
    @rule(seconds=st.sampled_from([0, 7]))
    def records(self, seconds: int) -> None:
        self.take(Recorded(url="https://recordings.example/1", seconds=seconds))
        assert isinstance(self.turn.then, HangUp)

    @precondition(lambda self: self.started)
    @rule(staff=st.sampled_from(["kurimoto", "sato", "satoj", "ono"]))
    def leaves_the_office(self, staff: str) -> None:
        people = {other: person for other, person in self.facts.people.items() if other != staff}
        self.facts = replace(self.facts, people=people)

    @precondition(lambda self: self.started)
    @rule(event=st.sampled_from([TransferEnded(outcome="declined"), Recorded(url="x", seconds=3)]))
    def strays(self, event: Event) -> None:
        self.take(event, repeats=True)

    @precondition(lambda self: self.started and self.conversation.turns > 6)
    @rule()
    def hangs_up(self) -> None:
        self.take(HungUp())
        assert self.turn.then == HangUp()
        assert self.turn.say == ()

    @invariant()
    def no_question_is_heard_three_times(self) -> None:
        for question, times in self.questions.items():
            assert times <= 2, question

    @invariant()
    def nothing_private_is_spoken(self) -> None:
        if not self.started:
            return
        said = "".join(self.turn.say)
        assert SECRET not in said
        assert "アルファ" not in said
        assert "イチ イチ イチ イチ" not in said
        assert "@" not in said
        assert "kurimoto" not in said or self.turn.language == "en"

    @invariant()
    def the_caller_is_never_left_alone(self) -> None:
        if not self.started:
            return
        then = self.turn.then
        if isinstance(then, Hold | Voicemail):
            assert self.turn.say
        if isinstance(then, Listen):
            assert self.conversation.question not in (Question.HOLDING, Question.RECORDING)
        assert self.conversation.turns <= MAX_TURNS + 40
        assert sum(map(len, self.turn.say)) < 700

    @invariant()
    def the_message_can_be_told(self) -> None:
        if not self.started:
            return
        message = summary(self.conversation, self.facts)
        assert message.wish.endswith("。")
        if not message.spoke:
            assert message.body == ""
        assert "@" not in message.wish


Calls.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
test_calls = Calls.TestCase


@pytest.mark.parametrize("event", [Silence(), Said(text="ほにゃ"), Pressed(digits="9")], ids=str)
@pytest.mark.parametrize("opening", UTTERANCES)
def test_every_call_ends(opening: str, event: Event) -> None:
    """A line that is silent, noisy or full of tones comes to an end, wherever the call stands."""
    facts = CallFacts(presences=dict(PRESENCES))
    conversation, _ = begin(facts)
    conversation, turn = step(conversation, Said(text=opening), facts)
    for _ in range(20):
        if isinstance(turn.then, HangUp):
            break
        if isinstance(turn.then, Hold):
            conversation, turn = step(conversation, TransferEnded(outcome="expired"), facts)
        elif isinstance(turn.then, Voicemail):
            conversation, turn = step(conversation, Recorded(url="x", seconds=0), facts)
        else:
            conversation, turn = step(conversation, event, facts)
    assert isinstance(turn.then, HangUp)


def test_two_machines_do_not_talk_for_ever() -> None:
    facts = CallFacts(presences=dict(PRESENCES))
    conversation, turn = begin(facts)
    conversation, turn = step(conversation, Said(text="栗本さんお願いします"), facts)
    turns = 0
    while not isinstance(turn.then, HangUp):
        conversation, turn = step(conversation, Said(text="もう一度お願いします"), facts)
        turns += 1
    assert turns < MAX_TURNS
    assert turn.say
