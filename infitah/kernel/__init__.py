"""The ground: values and rules of the trade in plain Python (calendar, money, references, text).

It knows no framework, no database, no clock and no community.
"""
