"""What sending and asking platforms leaves for `/metrics`, in Prometheus' terms."""

from prometheus_client import Gauge, Histogram

delivery_seconds = Histogram(
    "toritsugi_delivery_seconds",
    "From when something was due until its platform had taken it, first attempts only, by kind",
    ["kind"],
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120),
)
line_pushes = Gauge("toritsugi_line_pushes", "LINE's paid messages this month, as last asked", ["office"])
line_pushes_limit = Gauge(
    "toritsugi_line_pushes_limit",
    "LINE's paid messages a month, where there is a limit",
    ["office"],
)
