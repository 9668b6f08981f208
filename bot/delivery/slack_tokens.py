"""The tokens of Slack workspaces that were installed by OAuth, for whoever sends to them."""

from dataclasses import dataclass

from bot.office.installations import installed_token
from bot.platforms.errors import TemporaryError
from bot.store.store import Store, StoreBusyError


@dataclass(frozen=True)
class SlackTokens:
    """Looks a workspace's token up; `secret` is TORITSUGI_SECRET."""

    store: Store
    secret: str

    async def __call__(self, team: str) -> str | None:
        """The token, None where the workspace has not installed the app.

        Raises:
            TemporaryError: the database does not answer.
        """
        try:
            return await self.store.read(installed_token, team, self.secret)
        except StoreBusyError as error:
            raise TemporaryError("the token of a Slack workspace cannot be read now") from error
