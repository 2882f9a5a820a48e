"""What does the page say, line by line, and which lines are the article's own?"""

from onrecord.page.decode import decode
from onrecord.page.read import article_text, read_page
from onrecord.page.roles import role_text

__all__ = ["article_text", "decode", "read_page", "role_text"]
