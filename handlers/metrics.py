"""What operators watch, in Prometheus' terms. No label ever holds a name, a number or a text."""

from prometheus_client import Gauge, Histogram

outbox_waiting = Gauge("toritsugi_outbox_waiting", "Rows of the outbox that are due and not sent")
outbox_oldest_seconds = Gauge(
    "toritsugi_outbox_oldest_seconds", "How long the oldest row has waited, put off or due"
)
calls_live = Gauge("toritsugi_calls_live", "Calls in progress")
http_seconds = Histogram(
    "toritsugi_http_seconds",
    "Time to answer, by route",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
