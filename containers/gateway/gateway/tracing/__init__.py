"""Traces: where a request's time went, across the balancer, the gateway and its upstreams."""
