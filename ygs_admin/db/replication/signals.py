"""What happens to reads, for whoever counts it."""

from django.dispatch import Signal

# `reads`: the request's `Reads`, at its end.
request_routed = Signal()
# `aliases`: the replicas that failed a request, which was then run on the primary.
fell_back = Signal()
# `alias`, and the `state` that its breaker is in now.
breaker_changed = Signal()
