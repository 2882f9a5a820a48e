"""The word lists, one loader and one typed form for all."""
