"""What the order of words tells: cues, their sources and contents, one sentence at a time."""
