"""Where identity meets AWS."""
