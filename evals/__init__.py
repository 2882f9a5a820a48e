"""Onrecord's programs over local data, in the forms that the scorers read: `python -m evals.TASK INPUT
OUT.jsonl`."""
