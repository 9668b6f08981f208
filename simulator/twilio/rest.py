"""The 2010 REST API: calls, messages, queues, numbers, recordings."""

import asyncio
import io
import wave
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from simulator.twilio.calls import call_out
from simulator.twilio.door import Door, Json, RestError, needed, not_found, page_of
from simulator.twilio.exchange import Exchange
from simulator.twilio.faults import Channel
from simulator.twilio.grammar import E164, PROGRESS, URL
from simulator.twilio.leg import Leg, Redirected
from simulator.twilio.model import Callback, CallStatus, Direction, Sms, Step, new_sid
from simulator.twilio.queues import CallQueue, Member
from simulator.twilio.resources import API, Resources, parsed_day

Form = Mapping[str, str]
MOST_TWIML = 4000
MOST_SMS = 1600
NOT_IN_PROGRESS = (400, 21220, "Call is not in-progress. Cannot redirect.")


class RestApi:
    """The resources of one account over HTTP."""

    def __init__(self, exchange: Exchange, auth_token: str, door: Door) -> None:
        self._exchange = exchange
        self._write = Resources(exchange, auth_token)
        self._door = door

    def routes(self) -> Iterator[web.RouteDef]:
        """Every route, each named for the faults it can be given."""
        root = f"/{API}/Accounts/{{account}}"
        table: list[tuple[str, str, str, Callable[..., Any]]] = [
            ("GET", ".json", "accounts.fetch", lambda *_: self._write.account()),
            ("POST", "/Calls.json", "calls.create", self._create_call),
            ("GET", "/Calls.json", "calls.list", self._list_calls),
            ("POST", "/Calls/{sid}.json", "calls.update", self._update_call),
            ("GET", "/Calls/{sid}.json", "calls.fetch", lambda r, _: self._write.call(self._leg(r))),
            ("GET", "/Calls/{sid}/Recordings.json", "recordings.list", self._list_recordings),
            ("POST", "/Messages.json", "messages.create", self._create_message),
            ("GET", "/Messages.json", "messages.list", self._list_messages),
            ("GET", "/Messages/{sid}.json", "messages.fetch", self._fetch_message),
            ("POST", "/Queues.json", "queues.create", self._create_queue),
            ("GET", "/Queues.json", "queues.list", self._list_queues),
            ("GET", "/Queues/{sid}.json", "queues.fetch", lambda r, _: self._write.queue(self._queue(r))),
            ("POST", "/Queues/{sid}.json", "queues.update", self._update_queue),
            ("DELETE", "/Queues/{sid}.json", "queues.delete", self._delete_queue),
            ("GET", "/Queues/{sid}/Members.json", "members.list", self._list_members),
            ("GET", "/Queues/{sid}/Members/{call}.json", "members.fetch", self._fetch_member),
            ("POST", "/Queues/{sid}/Members/{call}.json", "members.update", self._update_member),
            ("GET", "/IncomingPhoneNumbers.json", "numbers.list", self._list_numbers),
            ("GET", "/IncomingPhoneNumbers/{sid}.json", "numbers.fetch", self._fetch_number),
            ("POST", "/IncomingPhoneNumbers/{sid}.json", "numbers.update", self._update_number),
            ("GET", "/Recordings.json", "recordings.list", self._list_recordings),
            ("GET", "/Recordings/{sid}.json", "recordings.fetch", self._fetch_recording),
            ("DELETE", "/Recordings/{sid}.json", "recordings.delete", self._delete_recording),
            ("GET", r"/Recordings/{sid:RE\w+}", "recordings.media", self._recording_media),
            ("GET", r"/Recordings/{sid:RE\w+}.wav", "recordings.media", self._recording_media),
        ]
        for method, path, name, act in table:
            yield web.route(method, root + path, self._door.lets(name, act))

    # Calls

    def _create_call(self, _request: web.Request, form: Form) -> tuple[int, Json]:
        to = needed(form, "To", 21201, "No 'To' number specified")
        sender = needed(form, "From", 21213, "'From' phone number is required")
        if not E164(to):
            raise RestError(400, 21211, f"The phone number you are attempting to call, {to}, is not valid.")
        if not E164(sender):
            raise RestError(400, 21212, f"The source phone number provided, {sender}, is not valid.")
        if sender not in self._exchange.numbers:
            raise RestError(400, 21210, f"The source phone number provided, {sender}, is not yet verified.")
        step = self._step(form)
        if step is None:
            raise RestError(400, 21205, "Url parameter is required.")
        timeout = form.get("Timeout", "60")
        leg = call_out(
            self._exchange,
            sender,
            to,
            step,
            seconds=min(600, int(timeout)) if timeout.isdecimal() else 60,
            fallback=_fallback(form),
            callback=_callback(form),
            detect_machine=form.get("MachineDetection") in ("Enable", "DetectMessageEnd"),
        )
        return 201, self._write.call(leg)

    def _step(self, form: Form) -> Step | None:
        twiml, url = form.get("Twiml"), form.get("Url")
        if twiml and url:
            self._exchange.problem(0, "Url and Twiml exclude each other; Url is taken", "Calls")
        if url:
            if not URL(url) or url.startswith("/"):
                raise RestError(400, 21205, f"Url is not a valid URL: {url}")
            return Step(url, form.get("Method", "POST"))
        if twiml:
            if len(twiml) > MOST_TWIML:
                raise RestError(400, 21218, f"Twiml has {len(twiml)} characters, of at most {MOST_TWIML}")
            return Step(twiml=twiml)
        return None

    def _update_call(self, request: web.Request, form: Form) -> Json:
        leg = self._leg(request)
        step, status = self._step(form), form.get("Status")
        if leg.status.final:
            raise RestError(*NOT_IN_PROGRESS)
        leg.callback = _callback(form) or leg.callback
        if status == "completed" or (status == "canceled" and leg.status is not CallStatus.IN_PROGRESS):
            self._exchange.finish(leg, _ending(leg))
        elif status is not None:
            raise RestError(400, 21220, "Call is in-progress. Cannot cancel.")
        elif step is not None:
            if leg.status is not CallStatus.IN_PROGRESS:
                raise RestError(*NOT_IN_PROGRESS)
            leg.fallback = _fallback(form) or leg.fallback
            leg.interrupt(Redirected(step))
        return self._write.call(leg)

    def _list_calls(self, request: web.Request, _form: Form) -> Json:
        query = request.query
        equal = {"To": "to", "From": "from", "Status": "status", "ParentCallSid": "parent_call_sid"}
        shown = []
        for leg in sorted(self._exchange.legs.values(), key=lambda leg: leg.created, reverse=True):
            written = self._write.call(leg)
            wrong = any(written[field] != query[name] for name, field in equal.items() if name in query)
            if not wrong and self._within(leg, query):
                shown.append(written)
        return page_of(request, "calls", shown)

    def _within(self, leg: Leg, query: Mapping[str, str]) -> bool:
        for name, at in (("StartTime", leg.answered or leg.created), ("EndTime", leg.ended)):
            try:
                day, before, after = (
                    parsed_day(query[name + sign]) if name + sign in query else None
                    for sign in ("", "<", ">")
                )
            except ValueError as error:
                raise RestError(400, 20001, f"{name} is not a date") from error
            if at is None and (day or before or after):
                return False
            if at is not None and (
                (day and at.date() != day.date()) or (before and at > before) or (after and at < after)
            ):
                return False
        return True

    def _leg(self, request: web.Request) -> Leg:
        leg = self._exchange.legs.get(request.match_info["sid"])
        if leg is None:
            raise not_found(request)
        return leg

    # Messages

    def _create_message(self, _request: web.Request, form: Form) -> tuple[int, Json]:
        to = needed(form, "To", 21604, "A 'To' phone number is required.")
        sender = needed(form, "From", 21603, "A 'From' phone number is required.")
        body = needed(form, "Body", 21602, "Message body is required.")
        if not E164(to):
            raise RestError(400, 21211, f"The 'To' number {to} is not a valid phone number.")
        if not E164(sender):
            raise RestError(400, 21212, f"The 'From' number {sender} is not a valid phone number.")
        if len(body) > MOST_SMS:
            raise RestError(400, 21617, f"The message body exceeds the {MOST_SMS} character limit.")
        callback = form.get("StatusCallback", "")
        sms = Sms(new_sid("SM"), sender, to, body, self._exchange.now(), callback)
        self._exchange.messages[sms.sid] = sms
        self._exchange.changes.tell("sms", phone=to, sender=sender, text=body, at=sms.at.isoformat())
        if callback:
            self._deliver(sms)
        return 201, self._write.message(sms) | {"status": "queued", "date_sent": None}

    def _deliver(self, sms: Sms) -> None:
        turn = asyncio.Lock()
        for status in ("sent", "delivered"):
            fields = {
                "AccountSid": self._exchange.account_sid,
                "ApiVersion": API,
                "MessageSid": sms.sid,
                "MessageStatus": status,
                "SmsSid": sms.sid,
                "SmsStatus": status,
                "From": sms.sender,
                "To": sms.to,
            }
            self._exchange.tell(Channel.STATUS, Callback(sms.status_callback), fields, turn)

    def _list_messages(self, request: web.Request, _form: Form) -> Json:
        written = [self._write.message(sms) for sms in reversed(self._exchange.messages.values())]
        names = [name for name in ("To", "From") if name in request.query]
        shown = [each for each in written if all(each[n.lower()] == request.query[n] for n in names)]
        return page_of(request, "messages", shown)

    def _fetch_message(self, request: web.Request, _form: Form) -> Json:
        sms = self._exchange.messages.get(request.match_info["sid"])
        if sms is None:
            raise not_found(request)
        return self._write.message(sms)

    # Queues

    def _queue(self, request: web.Request) -> CallQueue:
        queue = self._exchange.queues.get(request.match_info["sid"])
        if queue is None:
            raise not_found(request)
        return queue

    def _create_queue(self, _request: web.Request, form: Form) -> tuple[int, Json]:
        name = needed(form, "FriendlyName", 20001, "FriendlyName is required")
        if self._exchange.find_queue(name) is not None:
            raise RestError(400, 22003, f"A queue named {name} exists already")
        queue = self._exchange.queue(name)
        queue.most = int(form.get("MaxSize", queue.most))
        return 201, self._write.queue(queue)

    def _list_queues(self, request: web.Request, _form: Form) -> Json:
        return page_of(
            request, "queues", [self._write.queue(each) for each in self._exchange.queues.values()]
        )

    def _update_queue(self, request: web.Request, form: Form) -> Json:
        queue = self._queue(request)
        queue.name = form.get("FriendlyName", queue.name)
        queue.most = int(form.get("MaxSize", queue.most))
        return self._write.queue(queue)

    def _delete_queue(self, request: web.Request, _form: Form) -> web.Response:
        queue = self._queue(request)
        if queue.members:
            raise RestError(400, 22002, "The queue is not empty")
        del self._exchange.queues[queue.sid]
        return web.Response(status=204)

    def _member(self, request: web.Request) -> tuple[CallQueue, Member]:
        queue, wanted = self._queue(request), request.match_info["call"]
        for member in queue.members:
            if wanted in ("Front", member.leg.sid):
                return queue, member
        raise not_found(request)

    def _list_members(self, request: web.Request, _form: Form) -> Json:
        queue = self._queue(request)
        return page_of(request, "queue_members", [self._write.member(queue, each) for each in queue.members])

    def _fetch_member(self, request: web.Request, _form: Form) -> Json:
        return self._write.member(*self._member(request))

    def _update_member(self, request: web.Request, form: Form) -> Json:
        queue, member = self._member(request)
        step = self._step(form)
        if step is None:
            raise RestError(400, 21205, "Url parameter is required.")
        written = self._write.member(queue, member)
        queue.leave(member, self._exchange.now())
        member.leg.interrupt(Redirected(step))
        return written

    # Numbers

    def _number(self, request: web.Request) -> str:
        wanted = request.match_info["sid"]
        number = next(
            (each for each in self._exchange.numbers if self._write.number_sid(each) == wanted), None
        )
        if number is None:
            raise not_found(request)
        return number

    def _list_numbers(self, request: web.Request, _form: Form) -> Json:
        wanted = request.query.get("PhoneNumber", "")
        shown = [self._write.number(each) for each in self._exchange.numbers if wanted in each]
        return page_of(request, "incoming_phone_numbers", shown)

    def _fetch_number(self, request: web.Request, _form: Form) -> Json:
        return self._write.number(self._number(request))

    def _update_number(self, request: web.Request, form: Form) -> Json:
        number = self._number(request)
        config = self._exchange.numbers[number]
        self._exchange.numbers[number] = replace(
            config,
            voice_url=form.get("VoiceUrl", config.voice_url),
            status_callback=form.get("StatusCallback", config.status_callback),
            fallback_url=form.get("VoiceFallbackUrl", config.fallback_url),
        )
        return self._write.number(number)

    # Recordings

    def _list_recordings(self, request: web.Request, _form: Form) -> Json:
        call = request.match_info.get("sid") or request.query.get("CallSid")
        shown = [r for r in self._exchange.recordings.values() if call in (None, r.call_sid)]
        return page_of(request, "recordings", [self._write.recording(each) for each in shown])

    def _fetch_recording(self, request: web.Request, _form: Form) -> Json:
        recording = self._exchange.recordings.get(request.match_info["sid"])
        if recording is None:
            raise not_found(request)
        return self._write.recording(recording)

    def _delete_recording(self, request: web.Request, _form: Form) -> web.Response:
        if self._exchange.recordings.pop(request.match_info["sid"], None) is None:
            raise not_found(request)
        return web.Response(status=204)

    def _recording_media(self, request: web.Request, _form: Form) -> web.Response:
        recording = self._exchange.recordings.get(request.match_info["sid"])
        if recording is None:
            raise not_found(request)
        sound = io.BytesIO()
        with wave.open(sound, "wb") as written:
            written.setnchannels(1)
            written.setsampwidth(1)
            written.setframerate(8000)
            written.writeframes(b"\x80" * 8000 * recording.seconds)
        return web.Response(body=sound.getvalue(), content_type="audio/x-wav")


def _fallback(form: Form) -> Step | None:
    url = form.get("FallbackUrl")
    return Step(url, form.get("FallbackMethod", "POST")) if url else None


def _callback(form: Form) -> Callback | None:
    url = form.get("StatusCallback")
    if not url:
        return None
    events = form.get("StatusCallbackEvent", "completed")
    if not PROGRESS(events):
        raise RestError(400, 21626, f"StatusCallbackEvent is invalid: {events}")
    return Callback(url, form.get("StatusCallbackMethod", "POST"), tuple(events.split()))


def _ending(leg: Leg) -> CallStatus:
    """How a call ends that is ended from outside."""
    if leg.status is CallStatus.IN_PROGRESS:
        return CallStatus.COMPLETED
    return CallStatus.NO_ANSWER if leg.direction is Direction.INBOUND else CallStatus.CANCELED
