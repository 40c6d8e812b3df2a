"""Why a file cannot be read: every code, and the one exception that says it."""

CODES = {
    "Empty": "The file has no bytes, or no text.",
    "TooLarge": "The file is larger than a file may be, packed or unpacked.",
    "TooManyPages": "The document has more pages than a document may have.",
    "TooMuchText": "The document has more characters than a document may have.",
    "TooManyParts": "The document has more cells, elements or values than one may have.",
    "TooDeep": "Parts of the document lie in one another deeper than any real document's.",
    "TookTooLong": "Reading took longer than it may take.",
    "Encrypted": "A password is needed to read the file.",
    "NoText": "The pages are pictures: there is no text.",
    "OldOffice": "The file is of Office 2003 or older.",
    "UnknownType": "The file is of a type that nobody here reads.",
    "Unsafe": "The file holds what only attacks hold, such as entities in XML.",
    "Broken": "The file is damaged or incomplete.",
}


class Unreadable(Exception):  # noqa: N818  (what the file is, which is what people are told)
    """A file that cannot become a document.

    `code` is one of CODES, `message` says what is wrong, `fix` what its owner can do about it.
    """

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix
