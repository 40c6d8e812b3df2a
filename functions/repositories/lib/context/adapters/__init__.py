"""AWS and the gateway, as attachments and summaries need them."""
