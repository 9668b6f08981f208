"""`python -m simulator`: the demo on one web page, or a story in the terminal. See `make demo`."""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

from simulator import stories
from simulator.demo import HASTE, Demo, running
from simulator.page_server import page
from simulator.product import ProductError, real_credentials

_DATA = Path("data") / "demo"
_BEGIN = "を開き、栗本として「/tori 出張 明日まで」と送ってから、左の電話でかけてください（終了は Ctrl-C）"


def main() -> int:
    """Run the demo; the exit status."""
    options = _options()
    if options.story is not None and options.story not in stories.TABLE:
        _complain(f"There is no story {options.story!r}. There are:\n{stories.listed()}")
        return 2
    real = real_credentials(os.environ, Path())
    if real:
        _complain(
            f"Real credentials are set here ({', '.join(real)}).\n"
            "The demo runs beside stand-ins only, and keeps away from real accounts: "
            "unset them, or start it in a folder without that .env."
        )
        return 2
    try:
        if options.story is not None:
            return asyncio.run(_tell(options.story, options.haste))
        return asyncio.run(_show(options.port, options.haste))
    except ProductError as error:
        _complain(str(error))
    except OSError as error:
        _complain(f"The demo cannot start: {error.strerror or error}. Is the port taken? Try --port.")
    return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=0, help="where the page is served; a free port unless told"
    )
    parser.add_argument("--story", metavar="NAME", help=f"play one of: {', '.join(stories.TABLE)}")
    parser.add_argument(
        "--haste",
        type=float,
        default=HASTE,
        help="how many times faster than in life the machine speaks (default: %(default)g)",
    )
    return parser.parse_args()


async def _show(port: int, haste: float) -> int:
    stop = _stopped_by_signals()
    print("取次ぎのデモを準備しています…", flush=True)
    async with running(_DATA, haste=haste) as demo, page(demo, port) as address:
        print(f"{address} {_BEGIN}", flush=True)
        if await _first(demo, stop):
            return 0
        _complain(f"toritsugi serve ended by itself. Its last words:\n{demo.product.last_words()}")
        return 1


async def _tell(name: str, haste: float) -> int:
    stop = _stopped_by_signals()
    async with running(_DATA, haste=haste) as demo:
        telling = asyncio.create_task(stories.tell(name, demo))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({telling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not telling.done():
            telling.cancel()
            return 130
        if telling.result():
            return 0
        _complain(f"The last words of toritsugi serve:\n{demo.product.last_words()}")
        return 1


def _stopped_by_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def _first(demo: Demo, stop: asyncio.Event) -> bool:
    """Wait until somebody stops the demo (True) or the product dies (False)."""
    stopping, dying = asyncio.create_task(stop.wait()), asyncio.create_task(demo.process.wait())
    await asyncio.wait({stopping, dying}, return_when=asyncio.FIRST_COMPLETED)
    for task in (stopping, dying):
        task.cancel()
    return stop.is_set()


def _complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
