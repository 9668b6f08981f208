"""Where the parts of a process meet."""

from bot.clock import Clock, SystemClock
from bot.delivery.callbacks import CallbackNews, CallbackPlacements
from bot.delivery.chat import CardEdits, CardPosts, CardWipes, ChatClients, MissedCalls, Responses, Says
from bot.delivery.couriers import Courier
from bot.delivery.digest_picture import PICTURE, Pictures
from bot.delivery.line_menu import MENU, Menus
from bot.delivery.question_card import ASK
from bot.delivery.questions import Questions
from bot.delivery.recordings import RecordingDeletions
from bot.delivery.say import RESPOND, SAY
from bot.delivery.sender import Sender
from bot.delivery.slack_tokens import SlackTokens
from bot.delivery.telephone import LegHangUps, LegPlacements, ShortMessages
from bot.digests.erasing import WIPE
from bot.messages.verbs import EVENT, MISSED
from bot.platforms.calendar_feed import FeedClient
from bot.platforms.line.client import LineClient
from bot.platforms.slack.client import SlackClient
from bot.platforms.twilio.client import TwilioClient
from bot.presence.board import CHANGED
from bot.reception import recordings
from bot.reception.effects import SMS
from bot.routing.presence import PresenceChanges
from bot.routing.taskrouter import WorkerUpdates
from bot.routing.webhook import OfficeEvents, PresenceEvents, WebhookSender
from bot.services import Services
from bot.settings import Settings, reveal
from bot.store.cards import EDIT, POST
from bot.store.store import Store
from bot.transfers.callbacks import NEWS as CALLBACK_NEWS
from bot.transfers.callbacks import PLACE as CALLBACK_PLACE
from bot.transfers.legs import HANG_UP, PLACE


def make_services(settings: Settings, clock: Clock | None = None) -> Services:
    """The parts of one process. Needs a running event loop only once they are used."""
    clock = clock or SystemClock()
    store = Store(settings.sqlalchemy_url, clock, reveal(settings.toritsugi_secret))
    return Services(
        settings=settings,
        clock=clock,
        store=store,
        slack=SlackClient(
            reveal(settings.slack_bot_token),
            settings.slack_api_url,
            SlackTokens(store, reveal(settings.toritsugi_secret)) if settings.slack_oauth_on else None,
        ),
        line=LineClient(settings.line_api_url),
        twilio=TwilioClient(
            settings.twilio_account_sid or "", reveal(settings.twilio_auth_token), settings.twilio_api_url
        ),
        webhooks=WebhookSender(clock),
        feeds=FeedClient(),
    )


def make_sender(services: Services) -> Sender:
    """The outbox's sender, with a courier for each kind of row."""
    clients = ChatClients(services.slack, services.line, services.line_token)
    base_url = services.settings.base_url
    couriers: dict[str, Courier] = {
        POST: CardPosts(clients),
        EDIT: CardEdits(clients),
        WIPE: CardWipes(clients),
        SAY: Says(clients),
        ASK: Questions(clients),
        RESPOND: Responses(clients),
        MENU: Menus(clients),
        PICTURE: Pictures(clients),
        MISSED: MissedCalls(clients),
        PLACE: LegPlacements(services.twilio, base_url),
        CALLBACK_PLACE: CallbackPlacements(services.twilio, base_url, twilio_on=services.settings.twilio_on),
        CALLBACK_NEWS: CallbackNews(clients),
        HANG_UP: LegHangUps(services.twilio, base_url),
        recordings.DELETE: RecordingDeletions(services.twilio, twilio_on=services.settings.twilio_on),
        SMS: ShortMessages(services.twilio, base_url),
        CHANGED: PresenceChanges(PresenceEvents(services.webhooks), WorkerUpdates(services.twilio)),
        EVENT: OfficeEvents(services.webhooks),
    }
    return Sender(services.store, couriers, first=(PLACE, HANG_UP))
