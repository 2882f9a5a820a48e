"""What is told of a text before anybody is asked what was said: paragraphs, sentences, noun phrases, edges."""
