"""Which sites are kept for development and never trained on."""

import hashlib

__all__ = ["is_dev"]


def is_dev(site: str, group: str) -> bool:
    """Tell by its name if a site is kept for development: one news site in four, one of others in ten.

    `group` is the set that the page is of; zyte and fundus_eval are scoreboards, whose sites are all kept.
    """
    if group in ("zyte", "fundus_eval"):
        return True
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % (4 if group == "fundus_tests" else 10) == 0
