"""Everything that Onrecord raises.

    OnrecordError
    ├── CaptureError          the bytes asked for can't be read at all
    ├── LedgerError           the ledger can't be used
    │   ├── LedgerLocked      another program is writing to it
    │   ├── LedgerNewer       a newer Onrecord made it
    │   ├── LedgerMissing     there is no ledger in that folder
    │   ├── LedgerDamaged     a record does not prove what it says
    │   └── LedgerFull        the disk took no more
    ├── NotFound              nothing in the ledger bears that name or id
    ├── BadRequest            what was asked makes no sense: an impossible date, an unknown format
    ├── ModelDamaged          weights that came with the program are not those that were shipped
    ├── BatchError            a batch can't be started or put together
    ├── WorkersLost           no process to work in can be started
    └── MissingExtra          an optional library is not installed

A page's own trouble is never raised: it is a `Problem` and travels with the result. Every message says
what was found, what was expected and what to do. The class carries the exit code of the command line.
"""

__all__ = [
    "BadRequest",
    "BatchError",
    "CaptureError",
    "LedgerDamaged",
    "LedgerError",
    "LedgerFull",
    "LedgerLocked",
    "LedgerMissing",
    "LedgerNewer",
    "MissingExtra",
    "ModelDamaged",
    "NotFound",
    "OnrecordError",
    "WorkersLost",
]


class OnrecordError(Exception):
    """Anything that stops what the caller asked for."""

    exit_code = 1


class CaptureError(OnrecordError):
    """The bytes asked for can't be read at all: no such file, no permission."""

    exit_code = 3


class LedgerError(OnrecordError):
    """The ledger can't be used."""

    exit_code = 4


class LedgerLocked(LedgerError):
    """Another program is writing to the ledger."""

    exit_code = 5


class LedgerNewer(LedgerError):
    """A newer Onrecord made the ledger; this one would not understand it."""

    exit_code = 6


class LedgerMissing(LedgerError):
    """There is no ledger in that folder."""


class LedgerDamaged(LedgerError):
    """A record of the ledger does not prove what it says."""

    exit_code = 7


class LedgerFull(LedgerError):
    """The disk took no more; what was recorded before stays recorded."""

    exit_code = 8


class NotFound(OnrecordError):
    """Nothing in the ledger bears that name or id."""

    exit_code = 1


class BadRequest(OnrecordError):
    """What was asked makes no sense: an impossible date, an unknown format."""

    exit_code = 2


class BatchError(OnrecordError):
    """A batch can't be started or put together."""

    exit_code = 9


class WorkersLost(OnrecordError):
    """No process to work in can be started: each ends before it begins."""

    exit_code = 12


class MissingExtra(OnrecordError):
    """An optional library is not installed."""

    exit_code = 10


class ModelDamaged(OnrecordError):
    """The weights that came with the program are not those that were shipped."""

    exit_code = 13
