"""PostgreSQL for the tests of stores."""

from tests.support.postgres import database, postgres

__all__ = ["database", "postgres"]
