"""What the API says of itself: its types and its requests."""
