"""Where configuration meets AWS."""
