"""What the environment says, before anybody is asked."""

from urllib.parse import urlsplit

from bot.settings import Settings, reveal
from handlers.commands.doctor.findings import Finding, ok, wrong

_SHORTEST_SECRET = 16
_CALLED_BY_PLATFORMS = ("/slack/events", "/line/webhook", "/twilio/voice", "/twilio/status")


def check(settings: Settings) -> list[Finding]:
    """Credentials, our own secret, and the public address."""
    return [_credentials(settings), *_mixed_up(settings), _secret(settings), _public_url(settings)]


def _credentials(settings: Settings) -> Finding:
    """Of a pair of variables one alone is a mistake."""
    given = {
        "SLACK_BOT_TOKEN": bool(settings.slack_bot_token) or settings.slack_oauth_on,
        "SLACK_CLIENT_ID": bool(settings.slack_client_id),
        "SLACK_CLIENT_SECRET": bool(settings.slack_client_secret),
        "SLACK_SIGNING_SECRET": bool(settings.slack_signing_secret),
        "LINE_CHANNEL_SECRET": bool(settings.line_channel_secret),
        "LINE_CHANNEL_ACCESS_TOKEN": bool(settings.line_channel_access_token),
        "TWILIO_ACCOUNT_SID": bool(settings.twilio_account_sid),
        "TWILIO_AUTH_TOKEN": bool(settings.twilio_auth_token),
    }
    missing = [
        second if given[first] else first
        for first, second in (
            ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"),
            ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"),
            ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"),
            ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
        )
        if given[first] != given[second]
    ]
    if not reveal(settings.toritsugi_secret):
        missing.append("TORITSUGI_SECRET")
    if missing:
        cure = "set them in the environment or in .env; TORITSUGI_SECRET is any long random text"
        return wrong("credentials", f"missing: {', '.join(missing)}", cure)
    return ok("credentials", "every channel that is on has what it needs")


def _mixed_up(settings: Settings) -> list[Finding]:
    """Credentials whose form shows that they stand in the wrong place."""
    found = []
    signing, bot = reveal(settings.slack_signing_secret), reveal(settings.slack_bot_token)
    if signing.startswith("xox"):
        cure = "take *Signing Secret* from Basic Information of the app at api.slack.com/apps"
        found.append(wrong("SLACK_SIGNING_SECRET", "it is a token", cure))
    if bot and not bot.startswith("xoxb-"):
        cure = "take *Bot User OAuth Token* (xoxb-…) from OAuth & Permissions of the app"
        found.append(wrong("SLACK_BOT_TOKEN", "it is no bot's token", cure))
    sid = settings.twilio_account_sid or ""
    if sid and not sid.startswith("AC"):
        cure = "take *Account SID* (AC…) from the console's first page; an API key (SK…) signs no webhooks"
        found.append(wrong("TWILIO_ACCOUNT_SID", "it is no account's SID", cure))
    return found


def _secret(settings: Settings) -> Finding:
    length = len(reveal(settings.toritsugi_secret))
    if 0 < length < _SHORTEST_SECRET and settings.base_url.startswith("https"):
        cure = "make a long one (`openssl rand -hex 32`), then load the office files and make open codes anew"
        return wrong("TORITSUGI_SECRET", f"it has {length} characters and can be guessed", cure)
    return ok("TORITSUGI_SECRET", "set" if length else "not set; see credentials")


def _public_url(settings: Settings) -> Finding:
    if not settings.public_url:
        return wrong(
            "PUBLIC_URL",
            f"not set; platforms would have to reach {settings.base_url}",
            "set it to the https address that Slack, LINE and Twilio call",
        )
    path = urlsplit(settings.base_url).path
    if path.endswith(_CALLED_BY_PLATFORMS):
        cure = f"leave {path} out: set it to the address up to the host"
        return wrong("PUBLIC_URL", f"{settings.base_url} is the address of one webhook", cure)
    return ok("PUBLIC_URL", settings.base_url)
