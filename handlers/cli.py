"""`toritsugi`: every command, with nothing imported that the one asked for does not need."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, Protocol

if TYPE_CHECKING:
    from typer import Typer

    from bot.settings import Settings


class Read(Protocol):
    """Reads the settings, or ends the command saying what is wrong with them."""

    def __call__(self) -> "Settings": ...


class Fail(Protocol):
    """Says why on standard error and ends with status 1."""

    def __call__(self, text: str) -> NoReturn: ...


PARSE = "parse"


def main() -> None:
    """The entry point. `parse` starts without the web stack, and without this module's Typer."""
    if sys.argv[1:2] == [PARSE] and "--help" not in sys.argv:
        from handlers.commands.parse import main as parse

        sys.exit(parse(sys.argv[2:]))
    app = _commands()
    app()


def _commands() -> "Typer":
    import typer

    from bot.settings import SettingsError, read_settings

    app = typer.Typer(
        help="取次ぎ: a chat-first reception desk for the telephone.",
        no_args_is_help=True,
        pretty_exceptions_show_locals=False,
    )

    def settings() -> "Settings":
        try:
            return read_settings()
        except SettingsError as error:
            fail(str(error))

    def fail(text: str) -> NoReturn:
        typer.echo(text, err=True)
        raise typer.Exit(1)

    @app.command()
    def serve() -> None:
        """Serve webhooks and the API; with SQLite also the jobs."""
        from handlers.commands.database import DatabaseBehindError
        from handlers.commands.serve import AlreadyServedError
        from handlers.commands.serve import serve as run

        try:
            run(settings())
        except (AlreadyServedError, DatabaseBehindError) as error:
            fail(str(error))

    @app.command()
    def worker() -> None:
        """Jobs and deliveries; run as many as wanted on PostgreSQL."""
        from handlers.commands.database import DatabaseBehindError
        from handlers.commands.worker import work

        try:
            work(settings())
        except DatabaseBehindError as error:
            fail(str(error))

    @app.command()
    def migrate() -> None:
        """Bring the database to this version's schema."""
        from bot.store.schema import upgrade

        upgrade(settings().sqlalchemy_url)
        typer.echo("The database has this version's schema.")

    @app.command()
    def load(
        file: Annotated[Path, typer.Argument(help="The office file, YAML.")],
        dry_run: Annotated[bool, typer.Option(help="Check and say what would change.")] = False,
    ) -> None:
        """Check an office file and apply it; a bad file changes nothing."""
        from handlers.commands.database import DatabaseBehindError
        from handlers.commands.load import LoadError, summary_of
        from handlers.commands.load import load as run

        try:
            typer.echo(summary_of(run(settings(), file, dry_run=dry_run), dry_run=dry_run))
        except (LoadError, DatabaseBehindError) as error:
            fail(str(error))

    _chat_commands(app, settings, fail)
    _data_commands(app, settings, fail)
    return app


def _chat_commands(app: "Typer", settings: "Read", fail: "Fail") -> None:
    """Commands that hand something to people and programs: codes, tokens, the manifest."""
    import typer

    organization = Annotated[str | None, typer.Option(help="Which office, where there are several.")]

    @app.command()
    def invite(staff: str, organization: organization = None) -> None:
        """A code that links a LINE account to a member of staff."""
        from handlers.commands.invite import InviteError
        from handlers.commands.invite import run as run_invite

        try:
            typer.echo(run_invite(settings(), staff, organization))
        except InviteError as error:
            fail(str(error))

    @app.command()
    def token(
        name: str,
        scope: Annotated[list[str], typer.Option(help="presence, transfers, messages, calls; each also :read")],
        organization: organization = None,
    ) -> None:
        """An API token, printed once, alone on its line."""
        from handlers.commands.token import TokenError
        from handlers.commands.token import run as run_token

        try:
            typer.echo(run_token(settings(), name, scope, organization))
        except TokenError as error:
            fail(str(error))

    @app.command()
    def manifest() -> None:
        """The Slack app manifest for this deployment."""
        import json

        from handlers.commands.manifest import manifest as make

        typer.echo(json.dumps(make(settings()), ensure_ascii=False, indent=2))


def _data_commands(app: "Typer", settings: "Read", fail: "Fail") -> None:
    """Commands that show what there is: previews, exports, checks, example data."""
    import typer

    @app.command(name=PARSE)
    def parse() -> None:
        """What a message means: toritsugi parse [--now T] [--context command|chat] TEXT, or --jsonl."""

    @app.command()
    def export(
        what: Annotated[str, typer.Argument(help="presence, calls or messages")],
        from_: Annotated[str | None, typer.Option("--from", help="The first day, 2026-11-24.")] = None,
        to: Annotated[str | None, typer.Option(help="The last day.")] = None,
        organization: Annotated[str | None, typer.Option(help="Which office, where there are several.")] = None,
    ) -> None:
        """The office's records as CSV."""
        from handlers.commands.export import ExportError, export_csv

        try:
            export_csv(settings(), what, from_, to, organization, sys.stdout)
        except ExportError as error:
            fail(str(error))

    @app.command()
    def say(
        script: str,
        english: Annotated[bool, typer.Option(help="In English.")] = False,
        organization: Annotated[str | None, typer.Option(help="Which office, where there are several.")] = None,
    ) -> None:
        """A named sentence as callers hear it."""
        from handlers.commands.preview import PreviewError, sentence

        try:
            typer.echo(sentence(settings(), script, english=english, organization=organization))
        except PreviewError as error:
            fail(str(error))

    @app.command(name="try")
    def try_(
        caller: str,
        person: str,
        when: Annotated[str | None, typer.Argument(help="明日10:30, or 2026-11-25T10:30")] = None,
        urgent: Annotated[bool, typer.Option(help="The caller is in a hurry.")] = False,
        organization: Annotated[str | None, typer.Option(help="Which office, where there are several.")] = None,
    ) -> None:
        """What a call would do at a moment, and why."""
        from handlers.commands.preview import PreviewError, rehearsal

        try:
            typer.echo(rehearsal(settings(), caller, person, when, urgent=urgent, organization=organization))
        except PreviewError as error:
            fail(str(error))

    @app.command()
    def seed(
        calls: Annotated[int, typer.Option(min=0, help="How many calls of the past.")] = 1000,
        staff: Annotated[int, typer.Option(min=1, help="How many people.")] = 20,
    ) -> None:
        """Fill an empty database with an example office and its past."""
        from handlers.commands.seed import NotEmptyError
        from handlers.commands.seed import seed as run_seed

        try:
            typer.echo(run_seed(settings(), calls=calls, staff=staff))
        except NotEmptyError as error:
            fail(str(error))

    @app.command()
    def doctor() -> None:
        """What is missing or wrong, and the cure."""
        from handlers.commands.doctor import as_text, diagnose

        findings = diagnose(settings())
        typer.echo(as_text(findings))
        if any(finding.state == "wrong" for finding in findings):
            raise typer.Exit(1)
