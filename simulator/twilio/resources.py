"""The resources of the 2010 API as Twilio writes them in JSON."""

from datetime import UTC, datetime
from typing import Any

from simulator.twilio.courier import stamp
from simulator.twilio.exchange import Exchange
from simulator.twilio.leg import Leg
from simulator.twilio.model import Direction, Recording, Sms
from simulator.twilio.queues import CallQueue, Member

Json = dict[str, Any]
API = "2010-04-01"


class Resources:
    """Writes what an exchange holds."""

    def __init__(self, exchange: Exchange, auth_token: str) -> None:
        self._exchange = exchange
        self._auth_token = auth_token
        self._opened = exchange.now()

    @property
    def _root(self) -> str:
        return f"/{API}/Accounts/{self._exchange.account_sid}"

    def account(self) -> Json:
        """The account itself."""
        sid = self._exchange.account_sid
        return {
            "sid": sid,
            "owner_account_sid": sid,
            "friendly_name": "Stand-in",
            "status": "active",
            "type": "Full",
            "auth_token": self._auth_token,
            "date_created": stamp(self._opened),
            "date_updated": stamp(self._opened),
            "uri": f"{self._root}.json",
            "subresource_uris": {"calls": f"{self._root}/Calls.json"},
        }

    def call(self, leg: Leg) -> Json:
        """A call."""
        uri = f"{self._root}/Calls/{leg.sid}"
        over = leg.ended is not None
        return {
            "sid": leg.sid,
            "account_sid": self._exchange.account_sid,
            "parent_call_sid": leg.parent.sid if leg.parent else None,
            "from": leg.sender,
            "from_formatted": leg.sender,
            "to": leg.to,
            "to_formatted": leg.to,
            "phone_number_sid": self.number_sid(leg.to if leg.direction is Direction.INBOUND else leg.sender),
            "status": leg.status.value,
            "direction": leg.direction.value,
            "answered_by": leg.answered_by,
            "api_version": API,
            "forwarded_from": leg.forwarded_from,
            "caller_name": None,
            "group_sid": None,
            "trunk_sid": None,
            "queue_time": "0",
            "annotation": None,
            "price": None,
            "price_unit": "USD",
            "date_created": stamp(leg.created),
            "date_updated": stamp(leg.ended or leg.answered or leg.created),
            "start_time": stamp(leg.answered or leg.created),
            "end_time": stamp(leg.ended) if leg.ended else None,
            "duration": str(leg.seconds) if over else None,
            "uri": f"{uri}.json",
            "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
        }

    def message(self, sms: Sms) -> Json:
        """A text message."""
        return {
            "sid": sms.sid,
            "account_sid": self._exchange.account_sid,
            "messaging_service_sid": None,
            "from": sms.sender,
            "to": sms.to,
            "body": sms.body,
            "status": "delivered",
            "direction": "outbound-api",
            "num_segments": str(segments(sms.body)),
            "num_media": "0",
            "api_version": API,
            "error_code": None,
            "error_message": None,
            "price": None,
            "price_unit": "USD",
            "date_created": stamp(sms.at),
            "date_updated": stamp(sms.at),
            "date_sent": stamp(sms.at),
            "uri": f"{self._root}/Messages/{sms.sid}.json",
            "subresource_uris": {},
        }

    def queue(self, queue: CallQueue) -> Json:
        """A queue."""
        return {
            "sid": queue.sid,
            "account_sid": self._exchange.account_sid,
            "friendly_name": queue.name,
            "current_size": len(queue.members),
            "average_wait_time": queue.average_wait,
            "max_size": queue.most,
            "date_created": stamp(queue.created),
            "date_updated": stamp(queue.created),
            "uri": f"{self._root}/Queues/{queue.sid}.json",
        }

    def member(self, queue: CallQueue, member: Member) -> Json:
        """A caller in a queue."""
        return {
            "call_sid": member.leg.sid,
            "queue_sid": queue.sid,
            "position": queue.position(member),
            "wait_time": queue.waited(member, self._exchange.now()),
            "date_enqueued": stamp(member.since),
            "uri": f"{self._root}/Queues/{queue.sid}/Members/{member.leg.sid}.json",
        }

    def number(self, number: str) -> Json:
        """One of the account's numbers."""
        config = self._exchange.numbers[number]
        sid = self.number_sid(number)
        return {
            "sid": sid,
            "account_sid": self._exchange.account_sid,
            "phone_number": number,
            "friendly_name": number,
            "voice_url": config.voice_url,
            "voice_method": config.method,
            "voice_fallback_url": config.fallback_url or "",
            "voice_fallback_method": "POST",
            "status_callback": config.status_callback or "",
            "status_callback_method": config.method,
            "voice_caller_id_lookup": False,
            "voice_application_sid": config.application,
            "trunk_sid": None,
            "sms_url": "",
            "sms_method": "POST",
            "capabilities": {"voice": True, "sms": True, "mms": False, "fax": False},
            "status": "in-use",
            "api_version": API,
            "beta": False,
            "date_created": stamp(self._opened),
            "date_updated": stamp(self._opened),
            "uri": f"{self._root}/IncomingPhoneNumbers/{sid}.json",
        }

    def recording(self, recording: Recording) -> Json:
        """A recording."""
        uri = f"{self._root}/Recordings/{recording.sid}"
        return {
            "sid": recording.sid,
            "account_sid": self._exchange.account_sid,
            "call_sid": recording.call_sid,
            "conference_sid": None,
            "status": "completed",
            "source": recording.source,
            "channels": 1,
            "duration": str(recording.seconds),
            "error_code": None,
            "price": None,
            "price_unit": "USD",
            "api_version": API,
            "start_time": stamp(recording.at),
            "date_created": stamp(recording.at),
            "date_updated": stamp(recording.at),
            "encryption_details": None,
            "uri": f"{uri}.json",
            "media_url": f"{self._exchange.base_url}{uri}",
            "subresource_uris": {},
        }

    @staticmethod
    def number_sid(number: str) -> str:
        """The identifier of one of the account's numbers: always the same for one number."""
        return f"PN{int(''.join(c for c in number if c.isdigit()) or 0):032x}"


def segments(body: str) -> int:
    """How many messages a text is sent as: Japanese is UCS-2, 70 units alone or 67 each."""
    units, alone, each = (
        (len(body), 160, 153) if body.isascii() else (len(body.encode("utf-16-le")) // 2, 70, 67)
    )
    return 1 if units <= alone else -(-units // each)


def parsed_day(text: str) -> datetime:
    """A point in time of a filter: a day, or an instant in ISO 8601; UTC unless it says otherwise.

    Raises:
        ValueError: it is neither.
    """
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
