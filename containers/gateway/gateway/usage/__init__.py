"""What each request used: read from its answer, kept until it is delivered."""
