"""`toritsugi`: every command, with nothing imported that the one asked for does not need."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

PARSE = "parse"


def main() -> None:
    """The entry point. `parse` starts without the web stack, and without this module's Typer."""
    if sys.argv[1:2] == [PARSE] and "--help" not in sys.argv:
        from handlers.commands.parse import main as parse

        sys.exit(parse(sys.argv[2:]))
    app = _commands()
    app()


def _commands():  # noqa: ANN202, C901  (Typer is imported inside; one line a command)
    import typer

    from bot.settings import Settings, SettingsError, read_settings

    app = typer.Typer(
        help="取次ぎ: a chat-first reception desk for the telephone.",
        no_args_is_help=True,
        pretty_exceptions_show_locals=False,
    )

    def settings() -> Settings:
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

    return app
