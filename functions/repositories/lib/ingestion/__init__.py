"""From an object in a bucket to exactly one indexed copy of it, and back to none."""
