"""How the models were trained: from local data, with nobody asked and nothing reported."""

import os

# Before the scripts load onnxruntime, which onrecord tells to be silent, and transformers, whose hub would
# otherwise be asked whether the encoder at hand is the newest.
import onrecord  # noqa: F401

os.environ["HF_HUB_OFFLINE"] = os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
