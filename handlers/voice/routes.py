"""The addresses that Twilio calls."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.services import Services
from handlers.turns import Turns
from handlers.voice import callback, caller, staff
from handlers.voice.door import Endpoint, Handle, endpoint, notice
from handlers.voice.music import hold_music


def voice_routes(services: Services) -> list[Route]:
    """All of them: the two that the console is given, and those that our own TwiML names."""
    music = hold_music()
    turns = Turns()

    async def play_music(_request: Request) -> Response:
        return Response(music, media_type="audio/wav", headers={"cache-control": "public, max-age=86400"})

    def calling(handle: Handle, last_resort: Handle = caller.step_failed) -> Endpoint:
        return endpoint(services, handle, last_resort=last_resort, turns=turns)

    def ringing(handle: Handle) -> Endpoint:
        return endpoint(services, handle, last_resort=staff.hang_up, turns=turns)

    callbacks = {
        "/twilio/voice": calling(caller.call_arrives),
        "/twilio/voice/step": calling(caller.caller_acts),
        "/twilio/voice/wait": calling(caller.caller_waits),
        "/twilio/voice/give-up": calling(caller.caller_gives_up),
        "/twilio/voice/held": calling(caller.caller_returns),
        "/twilio/voice/recorded": calling(caller.caller_recorded),
        "/twilio/fallback": calling(caller.call_breaks),
        "/twilio/fallback/recorded": calling(caller.fallback_recorded, caller.say_goodbye),
        "/twilio/leg": ringing(staff.leg_is_answered),
        "/twilio/leg/key": ringing(staff.leg_key),
        "/twilio/leg/joined": ringing(staff.leg_left_queue),
        "/twilio/leg/status": notice(services, staff.leg_status),
        "/twilio/callback": ringing(callback.is_answered),
        "/twilio/callback/key": ringing(callback.key),
        "/twilio/callback/dialled": ringing(callback.dialled),
        "/twilio/callback/caller": notice(services, callback.caller_status),
        "/twilio/callback/status": notice(services, callback.status),
        "/twilio/status": notice(services, caller.call_status),
        "/twilio/voice/recording": notice(services, caller.recording_ready),
    }
    return [
        *(Route(path, function, methods=["POST"]) for path, function in callbacks.items()),
        Route(caller.MUSIC, play_music, methods=["GET"]),
    ]
