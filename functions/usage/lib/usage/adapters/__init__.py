"""Where usage meets AWS."""
