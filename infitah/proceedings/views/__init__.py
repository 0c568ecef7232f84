"""Desk pages of meetings; the public pages are those of the apps above."""
