"""What does the page say, line by line, and which lines are the article's own?"""

from onrecord.page.decode import decode
from onrecord.page.read import article_text, read_page
from onrecord.page.text_roles import label_lines

__all__ = ["article_text", "decode", "label_lines", "read_page"]
