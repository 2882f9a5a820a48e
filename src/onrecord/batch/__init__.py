"""How do I read more pages than one process can?"""

from onrecord.batch.load import Loaded, is_batch, load_batch
from onrecord.batch.manifest import Manifest
from onrecord.batch.run import BatchSummary, FailedShard, run_batch
from onrecord.batch.shard import process_shard

__all__ = [
    "BatchSummary",
    "FailedShard",
    "Loaded",
    "Manifest",
    "is_batch",
    "load_batch",
    "process_shard",
    "run_batch",
]
