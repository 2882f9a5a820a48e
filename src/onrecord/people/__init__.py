"""Can two printed names be one person's? Pure: names and roles in, no database."""

from onrecord.people.names import match_names, read_name, split_joint

__all__ = ["match_names", "read_name", "split_joint"]
