"""Whether all that the product stands on answers, and what to do where it does not."""
