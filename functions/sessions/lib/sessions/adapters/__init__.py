"""Where sessions meet AWS."""
