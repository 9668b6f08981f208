"""Stories: whole calls played without a browser, told in the terminal as they happen."""

from simulator.demo import Demo
from simulator.stories import good_call, transfer
from simulator.stories.stage import Stage, Story

TABLE: dict[str, Story] = {
    "good-call": Story("出張中の栗本に、急ぎの電話がかかる", good_call.play),
    "transfer": Story("佐藤が Slack と LINE で尋ねられ、つなぐ", transfer.play),
}


def listed() -> str:
    """The names, each with what happens in it."""
    return "\n".join(f"  {name}: {story.title}" for name, story in TABLE.items())


async def tell(name: str, demo: Demo) -> bool:
    """Play a story and tell it; whether everything happened as it should."""
    return await Stage(demo).tell(TABLE[name])
