"""What do the pages have of a quotation? Pure: words and statements in, verdicts and differences out."""
