"""Changes as they are followed in Python."""

from simulator.changes import Changes


async def test_every_change_is_followed_in_order_by_each_who_listens() -> None:
    changes = Changes()
    changes.tell("before")
    with changes.followed() as one, changes.followed() as other:
        changes.tell("line", text="もしもし")
        changes.tell("end")
        for queue in (one, other):
            assert [queue.get_nowait() for _ in range(2)] == [
                {"what": "line", "text": "もしもし"},
                {"what": "end"},
            ]
    changes.tell("after")
    assert one.empty()
    assert other.empty()
