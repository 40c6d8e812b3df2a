"""Dead letters: what nothing could handle is looked at, and given again to whom it was for."""
