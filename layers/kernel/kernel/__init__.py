"""The platform's edges, spoken once: HTTP, events, workflows, settings. No business noun."""
