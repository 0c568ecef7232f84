"""The steps of a whole cycle, each by the pages on which it is done."""
