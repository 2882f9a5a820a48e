"""Speed and memory beside a named rival in one run."""
