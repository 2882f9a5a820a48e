"""What are the bytes of each saved page, and where do they come from?"""

from onrecord.capture.archive import is_cut_off
from onrecord.capture.digest import payload_digest
from onrecord.capture.paths import read_captures

__all__ = ["is_cut_off", "payload_digest", "read_captures"]
