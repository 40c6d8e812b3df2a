"""Vector stores: one port, an adapter for each database."""
