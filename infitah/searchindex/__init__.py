"""The search index: normalised text of records named by strings (floor 3).

It knows no domain. The apps above say what a record reads like (`registry.register_source`), mark
records dirty in their own transaction, and the worker indexes them (decisions E21).
"""
