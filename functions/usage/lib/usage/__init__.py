"""What has been used: requests, tokens and times, by day, and who may ask for it."""
