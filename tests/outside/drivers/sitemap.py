"""Driver of ultimate-sitemap-parser: a site in, its pages and what the log says out."""

import json
import logging
import sys

from usp.tree import sitemap_tree_for_homepage

heard = []


class Ear(logging.Handler):
    def emit(self, record):
        if record.levelno >= logging.ERROR:
            heard.append(record.getMessage())


logging.getLogger().addHandler(Ear())
logging.getLogger("usp").addHandler(Ear())
tree = sitemap_tree_for_homepage(sys.argv[1], use_known_paths=False)
pages = sorted({page.url for page in tree.all_pages()})
json.dump({"pages": pages, "faults": heard}, sys.stdout)
