"""`toritsugi`: every command, with nothing imported that the one asked for does not need."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from typer import Typer

    from bot.settings import Settings

PARSE = "parse"


def main() -> None:
    """The entry point. `parse` starts without the web stack, and without Typer."""
    if sys.argv[1:2] == [PARSE]:
        gc.disable()  # what is loaded stays as long as the process: looking through it only delays the start
        from handlers.commands.parse import main as parse

        sys.exit(parse(sys.argv[2:]))
    from bot.errors import UsageError

    try:
        _commands()()
    except UsageError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


def _settings() -> "Settings":
    from bot.settings import read_settings

    return read_settings()


def _commands() -> "Typer":
    import typer

    app = typer.Typer(
        help="取次ぎ: a chat-first reception desk for the telephone.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    _process_commands(app)
    _office_commands(app)
    _preview_commands(app)
    _database_commands(app)
    return app


def _process_commands(app: "Typer") -> None:
    """What runs, and what says whether it can."""
    import typer

    @app.command()
    def serve() -> None:
        """Serve webhooks and the API; with SQLite also the jobs."""
        from handlers.commands.serve import serve as run

        run(_settings())

    @app.command()
    def worker() -> None:
        """Jobs and deliveries; run as many as wanted on PostgreSQL."""
        from handlers.commands.worker import work

        work(_settings())

    @app.command()
    def doctor() -> None:
        """What is missing or wrong, and the cure."""
        from handlers.commands.doctor import as_text, diagnose

        findings = diagnose(_settings())
        typer.echo(as_text(findings))
        if any(finding.state == "wrong" for finding in findings):
            raise typer.Exit(1)

    @app.command()
    def manifest() -> None:
        """The Slack app manifest for this deployment."""
        from handlers.commands.manifest import run

        run(_settings())


def _office_commands(app: "Typer") -> None:
    """An office, its people, and the programs it lets in."""
    import typer

    which = Annotated[str | None, typer.Option(help="Which office, where there are several.")]

    @app.command()
    def load(
        file: Annotated[Path, typer.Argument(help="The office file, YAML.")],
        dry_run: Annotated[bool, typer.Option(help="Check, and say what would change.")] = False,
    ) -> None:
        """Check an office file and apply it; a bad file changes nothing."""
        from handlers.commands.load import load as run
        from handlers.commands.load import summary_of

        typer.echo(summary_of(run(_settings(), file, dry_run=dry_run), dry_run=dry_run))

    @app.command()
    def invite(staff: str, organization: which = None) -> None:
        """A code that links a LINE account to a member of staff."""
        from handlers.commands.invite import run

        typer.echo(run(_settings(), staff, organization))

    @app.command()
    def token(
        name: str,
        scope: Annotated[list[str], typer.Option(help="presence, transfers, messages, calls, or one :read")],
        more: Annotated[
            list[str] | None, typer.Argument(metavar="[SCOPE]...", help="Further scopes.")
        ] = None,
        organization: which = None,
    ) -> None:
        """An API token, printed once, alone on its line."""
        from handlers.commands.token import run

        typer.echo(run(_settings(), name, [*scope, *(more or ())], organization))

    @app.command()
    def tokens(organization: which = None) -> None:
        """The API's tokens by name, and what they open; never the tokens themselves."""
        from handlers.commands.token import listed

        typer.echo(listed(_settings(), organization))

    @app.command()
    def revoke(name: str, organization: which = None) -> None:
        """End an API token at once, by its name."""
        from handlers.commands.token import revoke as run

        typer.echo(run(_settings(), name, organization))

    @app.command()
    def audit(
        from_: Annotated[str | None, typer.Option("--from", help="The first day, 2026-11-24.")] = None,
        to: Annotated[str | None, typer.Option(help="The last day.")] = None,
        organization: which = None,
    ) -> None:
        """Who did what, as CSV."""
        from handlers.commands.audit import audit as run

        run(_settings(), from_, to, organization, sys.stdout)

    @app.command()
    def export(
        what: Annotated[str | None, typer.Argument(help="presence, calls or messages")] = None,
        from_: Annotated[str | None, typer.Option("--from", help="The first day, 2026-11-24.")] = None,
        to: Annotated[str | None, typer.Option(help="The last day.")] = None,
        month: Annotated[str | None, typer.Option(help="A whole month, 2026-11.")] = None,
        excel: Annotated[bool, typer.Option("--excel", help="Marked as UTF-8 for spreadsheets.")] = False,
        caller: Annotated[str | None, typer.Option(help="Everything held of a caller's number.")] = None,
        person: Annotated[str | None, typer.Option(help="Everything held of a member of staff.")] = None,
        into: Annotated[Path | None, typer.Option(help="The folder for what is held.")] = None,
        organization: which = None,
    ) -> None:
        """Records of some days as CSV; or all that is held of one caller or person, as files."""
        from handlers.commands.export import Days, ExportError, export_csv, export_held

        if [what, caller, person].count(None) != 2:
            raise ExportError("export what? presence, calls or messages, or --caller NUMBER, or --person ID")
        if what is not None:
            days = Days(from_, to, month)
            export_csv(_settings(), what, days, organization, sys.stdout, excel=excel)
        else:
            typer.echo(export_held(_settings(), caller, person, organization, into))


def _preview_commands(app: "Typer") -> None:
    """What would be understood and said."""
    import typer

    which = Annotated[str | None, typer.Option(help="Which office, where there are several.")]

    @app.command(name=PARSE, context_settings={"ignore_unknown_options": True})
    def parse(arguments: Annotated[list[str] | None, typer.Argument()] = None) -> None:
        """What a message means: parse [--now T] [--context command|chat] TEXT, or --jsonl."""
        from handlers.commands.parse import main as run

        raise typer.Exit(run(arguments or []))

    @app.command()
    def say(
        script: str,
        english: Annotated[bool, typer.Option(help="In English.")] = False,
        organization: which = None,
    ) -> None:
        """A named sentence as callers hear it."""
        from handlers.commands.preview import sentence

        typer.echo(sentence(_settings(), script, english=english, organization=organization))

    @app.command(name="try")
    def try_(
        caller: str,
        person: str,
        when: Annotated[list[str] | None, typer.Argument(help="明日10:30, or 2026-11-25T10:30; 急ぎ")] = None,
        urgent: Annotated[bool, typer.Option(help="The caller is in a hurry.")] = False,
        organization: which = None,
    ) -> None:
        """What a call would do at a moment, and why."""
        from handlers.commands.preview import rehearsal

        typer.echo(
            rehearsal(_settings(), caller, person, when or (), urgent=urgent, organization=organization)
        )


def _database_commands(app: "Typer") -> None:
    """The database itself."""
    import typer

    @app.command()
    def migrate() -> None:
        """Bring the database to this version's schema."""
        from handlers.commands.database import migrate as run

        run(_settings())
        typer.echo("The database has this version's schema.")

    @app.command()
    def backup(
        file: Annotated[Path, typer.Argument(help="Where the copy goes; it must not be there yet.")],
    ) -> None:
        """Copy a SQLite database, beside a running `serve`."""
        from handlers.commands.backup import backup as run

        typer.echo(run(_settings(), file))

    @app.command()
    def forget(
        caller: Annotated[str | None, typer.Option(help="The caller's number.")] = None,
        person: Annotated[str | None, typer.Option(help="The id of somebody who has left.")] = None,
        organization: Annotated[
            str | None, typer.Option(help="Which office, where there are several.")
        ] = None,
    ) -> None:
        """Erase one caller's records, or a former colleague's, for good."""
        from handlers.commands.forget import forget as run

        typer.echo(run(_settings(), caller, person, organization))

    @app.command()
    def seed(
        calls: Annotated[int, typer.Option(min=0, help="How many calls of the past.")] = 1000,
        staff: Annotated[int, typer.Option(min=1, help="How many people.")] = 20,
    ) -> None:
        """Fill an empty database with an example office and its past."""
        from handlers.commands.seed import seed as run

        typer.echo(run(_settings(), count=calls, staff=staff))
