"""What can go wrong, as the user sees it.

CatnlpError
├── InputError        a file that cannot be read: what was found, what to do
│   └── SkippedInput  a file left out on purpose (not English, duplicate, empty)
├── ModelError        weights missing, damaged or of another version
├── StoreError        a store that cannot be opened or is of another version
│   └── RefusedError  what a store does not take: rows that contradict each other, odd names
├── EngineError       workers that are gone and do not come back
└── UsageError        options that do not fit together
"""


class CatnlpError(Exception):
    """Base of all errors that a user can act on; the message names the file and the remedy."""


class InputError(CatnlpError):
    """A file that cannot be read."""


class SkippedInput(InputError):
    """A file left out on purpose, with the reason."""


class ModelError(CatnlpError):
    """Model weights that are missing, damaged or of another version."""


class StoreError(CatnlpError):
    """A store that cannot be opened, or that another version wrote."""


class RefusedError(StoreError):
    """A document or a name that the store does not take; all others are kept."""


class EngineError(CatnlpError):
    """The machine or cluster that reads is gone; what was kept stays."""


class UsageError(CatnlpError):
    """Options or arguments that do not fit together."""
