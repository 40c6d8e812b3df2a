"""Documents: from an object in a bucket to exactly one indexed copy, and back to none."""
