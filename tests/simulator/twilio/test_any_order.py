"""Whatever people do, in whatever order: every leg ends, nobody is left in a queue, each state once."""

import asyncio
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.twilio import CallStatus, NotSo, NumberConfig, TwilioStandIn
from simulator.twilio.calls import call_out
from simulator.twilio.exchange import Exchange
from simulator.twilio.leg import Redirected
from simulator.twilio.model import Callback, Step
from tests.support.twiml_app import ACCOUNT, CALLER, OFFICE, STAFF, TOKEN, App, serving

SECOND_CALLER = "+81399990000"


class Office:
    """A queue, a colleague who is rung for it, and everything that may be done around them."""

    def __init__(self, app: App, standin: TwilioStandIn) -> None:
        self.app = app
        self.standin = standin
        app["/voice"] = '<Enqueue waitUrl="/wait" action="/after">hold</Enqueue>'
        app["/wait"] = "<Play>https://music.test/a.mp3</Play><Redirect>/wait</Redirect>"
        app["/after"] = '<Gather input="speech" action="/after"/>'
        app["/ring"] = '<Gather numDigits="1" action="/confirmed"><Say>1を</Say></Gather>'
        app["/confirmed"] = '<Dial action="/dialled" timeout="1"><Queue url="/before">hold</Queue></Dial>'
        app["/before"] = "<Say>おつなぎします</Say>"
        app["/dialled"] = '<Gather numDigits="1"/>'
        app["/number"] = f'<Dial action="/after"><Number url="/screen">{STAFF}</Number></Dial>'
        app["/screen"] = '<Gather numDigits="1" action="/passed"/><Hangup/>'
        app["/passed"] = ""

    async def a_caller_dials(self) -> None:
        await self.standin.phone(CALLER).dials(OFFICE)

    async def another_caller_dials(self) -> None:
        await self.standin.phone(SECOND_CALLER).dials(OFFICE)

    async def the_colleague_is_rung(self) -> None:
        callback = Callback(f"{self.app.base}/told", events=("initiated", "ringing", "answered", "completed"))
        call_out(self.exchange, OFFICE, STAFF, Step(f"{self.app.base}/ring"), callback=callback)

    async def the_colleague_answers(self) -> None:
        await (await self.standin.phone(STAFF).rings(within=0.02)).answers()

    async def the_colleague_rejects(self) -> None:
        await (await self.standin.phone(STAFF).rings(within=0.02)).rejects()

    async def a_mailbox_answers(self) -> None:
        await (await self.standin.phone(STAFF).rings(within=0.02)).voicemail_answers()

    async def somebody_confirms(self) -> None:
        for call in self.standin.calls:
            if not call.ended and call.number == STAFF:
                await call.presses("1", within=0.02)

    async def somebody_speaks(self) -> None:
        for call in self.standin.calls:
            if call.listened_to:
                await call.says("もしもし", within=0.02)

    async def the_first_live_call_is_hung_up(self) -> None:
        for call in [call for call in self.standin.calls if not call.ended][:1]:
            await call.hangs_up()

    async def the_last_live_call_is_hung_up(self) -> None:
        for call in [call for call in self.standin.calls if not call.ended][-1:]:
            await call.hangs_up()

    async def a_live_call_is_sent_elsewhere(self) -> None:
        for leg in [leg for leg in self.exchange.legs.values() if leg.status is CallStatus.IN_PROGRESS][:1]:
            leg.interrupt(Redirected(Step(f"{self.app.base}/number")))

    async def a_moment_passes(self) -> None:
        await asyncio.sleep(0.01)

    @property
    def exchange(self) -> Exchange:
        return self.standin._exchange


ACTS = [name for name in vars(Office) if "_" in name and not name.startswith("_")]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(ACTS), min_size=3, max_size=25))
def test_everything_comes_to_an_end(acts: list[str]) -> None:
    asyncio.run(play(acts))


async def play(acts: list[str]) -> None:
    app = App()
    async with serving(app.handle) as app.base:
        numbers = {OFFICE: NumberConfig(f"{app.base}/voice", f"{app.base}/status", f"{app.base}/fallback")}
        standin = TwilioStandIn(
            account_sid=ACCOUNT, auth_token=TOKEN, numbers=numbers, second=0.02, poll_seconds=0.005
        )
        async with standin.running():
            office = Office(app, standin)
            for act in acts:
                with suppress(NotSo):  # it could not be done just then
                    await getattr(office, act)()
            for call in standin.calls:
                await call.hangs_up()
            await standin.all_told()
            check(app, standin, office)
    assert app.unsigned == []


def check(app: App, standin: TwilioStandIn, office: Office) -> None:
    assert standin.problems == []
    assert all(call.ended and call.with_whom is None for call in standin.calls)
    assert all(queue.members == [] for queue in office.exchange.queues.values())
    told = [(each["CallSid"], each["SequenceNumber"]) for each in app.of("/told")]
    assert len(told) == len(set(told))
    finals = [each["CallSid"] for each in app.of("/told") if CallStatus.COMPLETED in each["CallStatus"]]
    assert len(finals) == len(set(finals))
    # whoever left the queue by any way was told of it, once for each time they joined
    joins = sum(line.text.startswith("waits in queue") for call in standin.calls for line in call.transcript)
    results = [asked for asked in app.of("/after") if "QueueResult" in asked]
    assert len(results) == joins
