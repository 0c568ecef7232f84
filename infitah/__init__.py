"""Infitah (انفتاح): the platform on which a territorial community carries out openness."""

__version__ = "0.1.0"
