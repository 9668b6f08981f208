"""The environment, read once, typed and checked at start.

Names are those of docs/configuration.md. A channel whose variables are absent is off.
"""

import re
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as UnreadableError

from bot.errors import UsageError

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SLACK_COMMANDS = {name: f"/{name}" for name in ("tori", "back", "whereis", "calls", "toritsugi")}


class SettingsError(UsageError):
    """The environment is not usable. The message names each variable and its cure, one a line."""


class Settings(BaseSettings):
    """What the environment says. Secrets never show in `repr` or logs."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    database_url: str = "sqlite:///data/toritsugi.db"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    worker_port: int | None = Field(default=None, ge=1, le=65535)
    """Where a `worker` says how it is (/healthz, /readyz, /metrics); none: nowhere."""
    public_url: str = ""
    toritsugi_secret: SecretStr = SecretStr("")

    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    slack_commands: dict[str, str] = Field(default={}, validate_default=True)
    """Other names for our commands, as registered in the workspace: `{"back": "/modori"}`."""

    line_channel_secret: SecretStr | None = None
    line_channel_access_token: SecretStr | None = None
    line_api_url: str = "https://api.line.me"

    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None
    twilio_api_url: str | None = None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
            raise ValueError("use sqlite:///PATH or postgresql://USER@HOST/NAME")
        if url.startswith("sqlite"):
            if url == "sqlite:///":
                raise ValueError("name the file after sqlite:///")
            return url
        if not _is_clear(url):
            raise ValueError(
                "it cannot be read: postgresql://USER:PASSWORD@HOST:PORT/NAME, "
                "with %XX for the special characters of a password"
            )
        return url

    @field_validator("slack_commands")
    @classmethod
    def _known_commands(cls, names: dict[str, str]) -> dict[str, str]:
        for ours, name in names.items():
            if ours not in _SLACK_COMMANDS or not re.fullmatch(r"/[a-z0-9_-]{1,31}", name):
                raise ValueError(f"name some of {', '.join(_SLACK_COMMANDS)}, each with a name like /back")
        return _SLACK_COMMANDS | names

    @field_validator("slack_api_url", "line_api_url", "twilio_api_url", "public_url")
    @classmethod
    def _http_address(cls, url: str | None) -> str | None:
        if url and urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("use an http:// or https:// address")
        return url

    @model_validator(mode="after")
    def _public_url_is_safe(self) -> "Settings":
        parts = urlsplit(self.base_url)
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("PUBLIC_URL: plain http is for loopback only; use https://")
        return self

    @cached_property
    def base_url(self) -> str:
        """The address that platforms reach, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @cached_property
    def sqlalchemy_url(self) -> str:
        """`DATABASE_URL` with its driver named; a relative SQLite path counts from the working folder."""
        url = self.database_url
        for prefix in ("postgresql://", "postgres://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        return url

    @property
    def uses_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def sqlite_path(self) -> Path:
        """Where the embedded database lives."""
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def slack_on(self) -> bool:
        return bool(self.slack_signing_secret and (self.slack_bot_token or self.slack_oauth_on))

    @property
    def slack_oauth_on(self) -> bool:
        """Whether workspaces may install the app by themselves."""
        return bool(self.slack_client_id and self.slack_client_secret)

    @property
    def line_on(self) -> bool:
        return bool(self.line_channel_secret and self.line_channel_access_token)

    @property
    def twilio_on(self) -> bool:
        return bool(self.twilio_account_sid and self.twilio_auth_token)


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a variable is missing or wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in problem['loc']).upper() or 'environment'}: "
            f"{problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_input=False, include_url=False)
        ]
        raise SettingsError("\n".join(lines)) from None
    except UnreadableError as error:  # a variable that should be JSON and is not; it holds no secret
        raise SettingsError(f"{str(error).splitlines()[0]}: write it as JSON") from None


def reveal(secret: SecretStr | None) -> str:
    """The text of a secret, empty where none is set."""
    return secret.get_secret_value() if secret else ""


def _is_clear(url: str) -> bool:
    """Whether no part of a password is taken for the host or port, which errors would show."""
    try:
        _ = urlsplit(url).port
    except ValueError:
        return False
    return url.partition("?")[0].count("@") <= 1
