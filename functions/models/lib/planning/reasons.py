"""Why a model would not start: every code that a plan can give, and when."""

CODES = {
    "BadConfig": "An environment variable of the model has a value that its server refuses.",
    "WeightsMissing": "Nothing lies below modelName in the models bucket.",
    "WeightsIncomplete": "Some of the files that the checkpoint itself names are not there.",
    "WeightsUnreadable": "The bucket or a file cannot be read, or a file is damaged.",
    "WrongFormat": "The files are of a format that the inference container does not serve.",
    "TensorParallelMismatch": "The model cannot be split over the GPUs as asked.",
    "DtypeUnsupported": "The GPU cannot compute in the data type that the model needs.",
    "WeightsTooLarge": "The weights alone leave no memory for a single token.",
    "ContextTooLong": "One sequence of the requested length does not fit, or the model is shorter.",
    "DiskTooSmall": "Image and weights do not fit the instance's disks.",
    "InstanceNotOffered": "The region does not have the instance type.",
    "QuotaExceeded": "The account may not run that many vCPUs of the family.",
}
