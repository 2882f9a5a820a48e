"""What the trained reader finds, and what of it and of the rules is likely a statement."""
