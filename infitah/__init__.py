"""Infitah (انفتاح): the platform on which a territorial community carries out its openness programme."""

__version__ = "0.1.0"
