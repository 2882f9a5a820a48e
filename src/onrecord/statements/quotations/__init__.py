"""Quotations by the grammar of their marks, and words that stand as somebody's without any."""
