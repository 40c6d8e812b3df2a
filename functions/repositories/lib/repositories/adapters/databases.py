"""The databases of repositories, signed in to by a secret or by IAM."""

# A function that stays warm for many repositories keeps this many connections.
MOST_KEPT = 16
