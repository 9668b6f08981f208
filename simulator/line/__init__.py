"""A stand-in for LINE. Start with `stand_in`."""

from simulator.line.model import Group, Message, User
from simulator.line.people import GroupChat, Person
from simulator.line.stand_in import LineStandIn

__all__ = ["Group", "GroupChat", "LineStandIn", "Message", "Person", "User"]
