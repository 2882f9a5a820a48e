"""Does any page break the reader? `make fuzz` tries bytes changed at random, made-up and costly pages."""
