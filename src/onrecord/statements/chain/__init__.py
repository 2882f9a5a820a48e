"""By which way words came from their speaker to the outlet."""
