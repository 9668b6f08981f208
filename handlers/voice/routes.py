"""The addresses that Twilio calls."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.services import Services
from handlers.voice import caller, staff
from handlers.voice.door import endpoint, notice
from handlers.voice.music import hold_music


def voice_routes(services: Services) -> list[Route]:
    """All of them: the two that the console is given, and those that our own TwiML names."""
    music = hold_music()

    async def play_music(_request: Request) -> Response:
        return Response(music, media_type="audio/wav", headers={"cache-control": "public, max-age=86400"})

    callbacks = {
        "/twilio/voice": endpoint(services, caller.call_arrives),
        "/twilio/voice/step": endpoint(services, caller.caller_acts),
        "/twilio/voice/wait": endpoint(services, caller.caller_waits),
        "/twilio/voice/give-up": endpoint(services, caller.caller_gives_up),
        "/twilio/voice/held": endpoint(services, caller.caller_returns),
        "/twilio/voice/recorded": endpoint(services, caller.caller_recorded),
        "/twilio/voice/recording": notice(services, caller.recording_ready),
        "/twilio/fallback": endpoint(services, caller.step_failed),
        "/twilio/fallback/recorded": endpoint(
            services, caller.fallback_recorded, on_trouble=caller.say_goodbye
        ),
        "/twilio/status": notice(services, caller.call_status),
        "/twilio/leg": endpoint(services, staff.leg_is_answered),
        "/twilio/leg/key": endpoint(services, staff.leg_key),
        "/twilio/leg/joined": endpoint(services, staff.leg_left_queue),
        "/twilio/leg/status": notice(services, staff.leg_status),
    }
    return [
        *(Route(path, function, methods=["POST"]) for path, function in callbacks.items()),
        Route(caller.MUSIC, play_music, methods=["GET"]),
    ]
