"""Installing the app into a Slack workspace: `/slack/install`, and where Slack sends the browser back.

The state is signed, good for ten minutes, and bound to the browser by a cookie, so that nobody can
make somebody else finish an installation (docs.slack.dev/authentication/installing-with-oauth).
"""

import hashlib
import hmac
import html
import secrets
from urllib.parse import urlencode

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.office.installations import install
from bot.platforms.errors import PermanentError, PlatformError
from bot.services import Services
from bot.settings import reveal
from bot.store.store import StoreBusyError
from handlers.commands.manifest import BOT_SCOPES

_GOOD_FOR_SECONDS = 600
_COOKIE = "toritsugi_install"
_PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>取次ぎ</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<body style="font-family: sans-serif; max-width: 36em; margin: 4em auto; padding: 0 1em; line-height: 1.8">
<h1 style="font-size: 1.3em">{title}</h1><p>{text}</p></body></html>"""

log = structlog.get_logger()


def install_routes(services: Services) -> list[Route]:
    """Both addresses; none where OAuth is off."""
    if not services.settings.slack_oauth_on:
        return []
    desk = _Installations(services)
    return [
        Route("/slack/install", desk.begin, methods=["GET"]),
        Route("/slack/oauth_redirect", desk.finish, methods=["GET"]),
    ]


class _Installations:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._settings = services.settings
        self._secret = reveal(services.settings.toritsugi_secret)
        self._redirect_uri = f"{services.settings.base_url}/slack/oauth_redirect"

    async def begin(self, _request: Request) -> Response:
        """Off to Slack, with a state that only this browser can bring back."""
        if not self._secret:
            return _page(
                "まだ設定が済んでいません", "TORITSUGI_SECRET を設定してから、もう一度お試しください。", 503
            )
        browser = secrets.token_urlsafe(24)
        question = {
            "client_id": self._settings.slack_client_id or "",
            "scope": ",".join(BOT_SCOPES),
            "redirect_uri": self._redirect_uri,
            "state": self._state(browser, int(self._services.clock.now().timestamp())),
        }
        site = self._settings.slack_api_url.removesuffix("/").removesuffix("/api")
        answer = RedirectResponse(f"{site}/oauth/v2/authorize?{urlencode(question)}", 302)
        answer.set_cookie(
            _COOKIE,
            browser,
            max_age=_GOOD_FOR_SECONDS,
            path="/slack",
            httponly=True,
            secure=self._settings.base_url.startswith("https"),
            samesite="lax",
        )
        return answer

    async def finish(self, request: Request) -> Response:
        """Back from Slack with a code, or with a refusal."""
        given = request.query_params
        if not self._is_ours(given.get("state", ""), request.cookies.get(_COOKIE, "")):
            return _page("時間が過ぎました", "お手数ですが、はじめからやり直してください。", 400)
        if given.get("error") or not given.get("code"):
            return _page("取りやめました", "アプリは入っていません。", 400)
        try:
            organization = await self._install(given["code"])
        except PermanentError as error:
            log.warning("slack.install_refused", why=str(error))
            return _page("インストールできませんでした", "お手数ですが、はじめからやり直してください。", 400)
        except (PlatformError, StoreBusyError) as error:
            log.warning("slack.install_failed", why=type(error).__name__)
            return _page("ただいま混み合っています", "少し待ってから、はじめからやり直してください。", 503)
        return self._done(organization)

    async def _install(self, code: str) -> str | None:
        installed = await self._services.slack.exchange(
            self._settings.slack_client_id or "",
            reveal(self._settings.slack_client_secret),
            code,
            self._redirect_uri,
        )
        return await self._services.store.run(
            install, installed.team, installed.token, installed.by, self._secret
        )

    def _done(self, organization: str | None) -> Response:
        text = "Slack に戻り、ボットに「ヘルプ」と送ってみてください。"
        if organization is None:
            text = "次に、事業所ファイルの slack.team にこのワークスペースの ID を書いて読み込んでください。"
        answer = _page("取次ぎを Slack に入れました", text, 200)
        answer.delete_cookie(_COOKIE, path="/slack")
        return answer

    def _state(self, browser: str, at: int) -> str:
        proof = hmac.new(self._secret.encode(), f"slack.install:{at}:{browser}".encode(), hashlib.sha256)
        return f"{at}.{proof.hexdigest()}"

    def _is_ours(self, state: str, browser: str) -> bool:
        at = state.partition(".")[0]
        if not self._secret or not browser or not (at.isascii() and at.isdigit()) or len(at) > 12:
            return False
        age = self._services.clock.now().timestamp() - int(at)
        expected = self._state(browser, int(at)).encode()
        return 0 <= age <= _GOOD_FOR_SECONDS and hmac.compare_digest(
            expected, state.encode("utf-8", "replace")
        )


def _page(title: str, text: str, status: int) -> HTMLResponse:
    page = _PAGE.format(title=html.escape(title), text=html.escape(text))
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})
