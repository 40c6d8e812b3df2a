"""What goes wrong with a vector store, for whoever has to mend it."""


class StoreError(Exception):
    """A store did not do what it was asked. It holds what it held before.

    `code` is for programs, `message` says what happened, `fix` what to do next.
    """

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(code, message, fix)
        self.code, self.message, self.fix = code, message, fix

    def __str__(self) -> str:
        return f"{self.message} {self.fix}"


class StoreUnavailableError(StoreError):
    """The store cannot be reached or is overloaded. It may do the same a moment later."""


class ShelfMissingError(StoreError):
    """The shelf was dropped, or never prepared."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "shelf_missing",
            f"The store has no shelf {name!r}.",
            "Prepare it and index its documents again, or remove the collection.",
        )


class ShelfDiffersError(StoreError):
    """A shelf of this name is there, for vectors or words of another kind."""

    def __init__(self, name: str, there: str, wanted: str) -> None:
        super().__init__(
            "shelf_differs",
            f"The shelf {name!r} holds {there}, but {wanted} are to stand on it.",
            "Make a new collection for another embedding model or language.",
        )


class VectorDiffersError(StoreError):
    """A vector does not fit the shelf, or is none."""

    def __init__(self, name: str, dimensions: int, found: str) -> None:
        super().__init__(
            "vector_differs",
            f"The shelf {name!r} takes vectors of {dimensions} finite numbers, this is {found}.",
            "Embed with the model that the collection was made with.",
        )
