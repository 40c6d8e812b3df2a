"""The LiteLLM lane: the process that speaks to every provider that does not speak OpenAI."""
