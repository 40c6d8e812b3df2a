"""How fast and how right vector stores find: `python -m tests.bench.stores`."""
