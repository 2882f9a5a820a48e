"""The day of each saying: temporal expressions, and the occasion they date."""
