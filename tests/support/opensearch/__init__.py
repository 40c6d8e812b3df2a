"""OpenSearch's wire protocol in memory: as much of it as our adapter asks for."""
