"""Documents become chunks that fit an embedding model."""

from chunking.cutting import cut
from chunking.fitting import fitted
from chunking.strategy import Strategy, UnusableStrategy

__all__ = ["Strategy", "UnusableStrategy", "cut", "fitted"]
