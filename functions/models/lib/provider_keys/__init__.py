"""The keys of models that others host: kept in Secrets Manager, named by the models' rows."""
