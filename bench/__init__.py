"""Benchmarks: each module gives `run() -> list[Figure]`."""
