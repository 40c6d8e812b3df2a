"""Starts the whole product on a laptop, keeps it running, shows what it does and stops it again."""
