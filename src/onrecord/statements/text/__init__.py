"""What a text holds before anybody is asked what was said: paragraphs, sentences, noun phrases, edges."""
