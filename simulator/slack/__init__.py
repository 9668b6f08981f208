"""A stand-in for Slack. Start with `stand_in`."""

from simulator.slack.model import Channel, Message, User
from simulator.slack.people import Person
from simulator.slack.stand_in import SlackStandIn

__all__ = ["Channel", "Message", "Person", "SlackStandIn", "User"]
