"""All that a webhook with a wrong signature leaves behind: a count, which `/metrics` shows."""

from prometheus_client import Counter

_refused = Counter(
    "toritsugi_webhooks_refused", "Webhooks refused because their signature did not fit", ["platform"]
)


def count_refusal(platform: str) -> None:
    """`platform` is slack, line or twilio."""
    _refused.labels(platform).inc()
