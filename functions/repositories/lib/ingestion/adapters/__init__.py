"""Where ingestion meets AWS, parsers and the gateway."""
