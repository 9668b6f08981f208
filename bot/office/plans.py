"""What an office's plan lets the system do. The presets: docs/office-file.md."""

from enum import StrEnum

from bot.office.model import Office, Plan


class Feature(StrEnum):
    """A single switch; its value is the name under `options`."""

    MESSAGE = "message"  # messages are taken at any hour
    FOLLOW_UP = "follow_up"
    DIGEST = "digest"
    STATUS = "status"  # answers by each person's status
    PROMISE = "promise"  # a call back is promised
    ALTERNATIVES = "alternatives"  # others of the department are offered
    TRANSFER = "transfer"  # staff are asked and callers connected, in business hours
    BACKUPS = "backups"
    VIP = "vip"
    AFTER_HOURS = "after_hours"  # staff are asked outside hours and on holidays too
    URGENT_WHEN_AWAY = "urgent_when_away"
    ESCALATION = "escalation"
    SCRIPTS = "scripts"
    MAIL = "mail"
    SMS = "sms"
    ENGLISH = "english"
    RECORDING = "recording"
    CALLER_RULES = "caller_rules"
    PICTURES = "pictures"


_ADDS = {
    Plan.MESSAGE: {Feature.MESSAGE, Feature.FOLLOW_UP, Feature.DIGEST},
    Plan.SCHEDULE: {Feature.STATUS, Feature.PROMISE, Feature.ALTERNATIVES},
    Plan.TRANSFER: {Feature.TRANSFER, Feature.BACKUPS, Feature.VIP},
    Plan.ALWAYS: {Feature.AFTER_HOURS, Feature.URGENT_WHEN_AWAY, Feature.ESCALATION},
    Plan.PREMIUM: {
        Feature.SCRIPTS,
        Feature.MAIL,
        Feature.SMS,
        Feature.ENGLISH,
        Feature.RECORDING,
        Feature.CALLER_RULES,
        Feature.PICTURES,
    },
}

_PRESETS: dict[Plan, frozenset[Feature]] = {}
for _plan, _added in _ADDS.items():
    _PRESETS[_plan] = frozenset(_added).union(*_PRESETS.values())


def allowed(office: Office, feature: Feature) -> bool:
    """Whether the office's plan, or its `options` over the plan, has `feature`."""
    return office.options.get(feature.value, feature in _PRESETS[office.plan])
