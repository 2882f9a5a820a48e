"""The library that runs the models reports on whoever uses it: it is told not to before it is loaded."""

import os
import sys
import warnings

__all__ = ["silence_onnxruntime"]

_SWITCH = "ORT_DISABLE_TELEMETRY"


def silence_onnxruntime() -> None:
    """Forbid onnxruntime to report, which works only before somebody loads it; warn where that is too late.

    From 1.29 on its wheels ask for mobile.events.data.microsoft.com and keep a device id and a database
    under ~/.cache/Microsoft. Nothing said later stops that: `disable_telemetry_events()` leaves the client
    running, and DO_NOT_TRACK is not read. Called when `onrecord` is imported, so that it holds for whatever
    the same process, its workers or a notebook load afterwards, and again where the models are loaded.
    """
    late = "onnxruntime" in sys.modules and os.environ.get(_SWITCH, "").strip() in {"", "0"}
    # Also over a 0 that stands there: that nothing leaves the machine is a promise, not a setting.
    os.environ[_SWITCH] = "1"
    if late:
        # What it would report of our models from here on can still be held back.
        sys.modules["onnxruntime"].disable_telemetry_events()
        warnings.warn(
            "onnxruntime was loaded before onrecord and may report on its use to its makers; "
            f"import onrecord first, or set {_SWITCH}=1 before Python starts",
            RuntimeWarning,
            stacklevel=2,
        )
