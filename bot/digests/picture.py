"""Calls by hour as a picture, made in a process of its own: `python -m bot.digests.picture`.

Reads a `Chart` as JSON from standard input and writes a PNG to standard output: 780 pixels wide, so
that it is sharp on a telephone 390 points wide. Labels are in a Japanese font that a package brings.
"""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.digests.figures import Figures
from bot.office.model import Office

SECONDS = 30
_WIDTH, _HEIGHT, _DPI = 3.9, 2.75, 200
_BAR, _MARK = 0.72, 0.86  # of an hour
_NUMBER_HEIGHT = 0.1  # of the highest bar
_CONNECTED, _MESSAGE, _MISSED, _BEFORE, _INK = "#1f77b4", "#8fc1e3", "#d9d9d9", "#e4572e", "#333333"


class PictureError(Exception):
    """The picture could not be made; the text is for operators."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: for each hour the calls connected, with a message, without a word, and a week before."""

    title: str
    first_hour: int
    connected: list[int]
    message: list[int]
    missed: list[int]
    before: list[int]


def chart_of(office: Office, figures: Figures, title: str) -> Chart:
    """From the opening hour to the last, and further where somebody called outside them."""
    busy = [
        hour
        for hour, (now, before) in enumerate(zip(figures.by_hour, figures.before_by_hour, strict=True))
        if sum(now) or before
    ]
    first = min([office.hours.open.hour, *busy])
    closing = office.hours.close
    last = max([closing.hour if closing.minute else max(closing.hour - 1, first), *busy])
    hours = range(first, last + 1)
    return Chart(
        title=title,
        first_hour=first,
        connected=[figures.by_hour[hour][0] for hour in hours],
        message=[figures.by_hour[hour][1] for hour in hours],
        missed=[figures.by_hour[hour][2] for hour in hours],
        before=[figures.before_by_hour[hour] for hour in hours],
    )


async def draw(chart: Chart) -> bytes:
    """The chart as PNG, from a process of its own.

    Raises:
        PictureError: it failed, or took too long.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.digests.picture",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(SECONDS):
            png, errors = await process.communicate(json.dumps(asdict(chart)).encode())
    except TimeoutError:
        process.kill()
        await process.wait()
        raise PictureError(f"not drawn within {SECONDS} seconds") from None
    if process.returncode:
        last = errors.decode(errors="replace").strip().splitlines()[-1:]
        raise PictureError(f"the drawing process failed: {' '.join(last)}")
    return png


def _figure(chart: Chart) -> Any:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, _HEIGHT), dpi=_DPI, facecolor="white", layout="constrained")
    axes = figure.add_subplot()
    hours = list(range(chart.first_hour, chart.first_hour + len(chart.connected)))
    bottom = [0] * len(hours)
    for label, counts, colour in (
        ("おつなぎ", chart.connected, _CONNECTED),
        ("伝言など", chart.message, _MESSAGE),
        ("着信のみ", chart.missed, _MISSED),
    ):
        axes.bar(hours, counts, bottom=bottom, width=_BAR, color=colour, label=label)
        bottom = [below + count for below, count in zip(bottom, counts, strict=True)]
    if any(chart.before):
        # A mark across each bar: a line between hours would run through the numbers.
        marks = [(hour, count) for hour, count in zip(hours, chart.before, strict=True) if count]
        axes.hlines(
            [count for _, count in marks],
            [hour - _MARK / 2 for hour, _ in marks],
            [hour + _MARK / 2 for hour, _ in marks],
            color=_BEFORE, linewidth=2, label="前の週",
        )  # fmt: skip
    _dress(axes, chart, hours, bottom)
    return figure


def _dress(axes: Any, chart: Chart, hours: list[int], totals: list[int]) -> None:
    """Titles, ticks and the number over each bar."""
    highest = max([*totals, *chart.before, 1])
    for hour, total, before in zip(hours, totals, chart.before, strict=True):
        if total:
            covered = total <= before < total + highest * _NUMBER_HEIGHT
            axes.annotate(
                str(total), (hour, before if covered else total), ha="center", va="bottom",
                fontsize=8 if len(hours) <= 14 else 6, color=_INK,
                xytext=(0, 1.5), textcoords="offset points",
            )  # fmt: skip
    axes.set_title(chart.title, loc="left", fontsize=11, color=_INK, pad=2)
    step = 1 if len(hours) <= 12 else 2
    axes.set_xticks(hours[::step], [f"{hour}時" for hour in hours[::step]], fontsize=8)
    axes.set_ylim(0, highest * 1.15 + 0.2)
    axes.yaxis.get_major_locator().set_params(integer=True, nbins=5)
    axes.tick_params(axis="y", labelsize=8, length=0, colors=_INK)
    axes.tick_params(axis="x", length=0, colors=_INK)
    axes.grid(axis="y", color="#eeeeee")
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(
        handles[-3:] + handles[:-3], labels[-3:] + labels[:-3],
        loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=4, fontsize=8, frameon=False,
        handlelength=1.2, columnspacing=1.2,
    )  # fmt: skip


def _use_japanese_font() -> None:
    """The font of the package matplotlib-fontja (IPAexGothic); its own module patches more than we need."""
    from matplotlib import font_manager, rcParams

    package = find_spec("matplotlib_fontja")
    folders = package.submodule_search_locations if package else None
    files = sorted(Path(folders[0]).glob("fonts/*.ttf")) if folders else []
    for file in files:
        font_manager.fontManager.addfont(file)
    bundled = [font_manager.FontProperties(fname=file).get_name() for file in files]
    rcParams["font.family"] = [*bundled, "sans-serif"]


def main() -> int:
    """Draw what standard input says."""
    import matplotlib as mpl

    mpl.use("agg")
    _use_japanese_font()
    chart = Chart(**json.load(sys.stdin))
    _figure(chart).savefig(sys.stdout.buffer, format="png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
