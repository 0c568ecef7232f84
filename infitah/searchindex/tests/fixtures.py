"""Meaning switched on for a test: the real encoder, loaded once a process, in place of a worker."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from infitah.searchindex import encoder, operations
from infitah.searchindex.meaning import client, service


@pytest.fixture
def with_encoder(settings: Settings) -> Iterator[None]:
    """Let this process encode, as the worker may; `searchindex.operations.encode` answers."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, meaning=True)
    assert operations.use_encoder()
    assert encoder.load(), encoder.fault()
    yield
    encoder.permit(allowed=False)


@pytest.fixture
def with_meaning(with_encoder: None, monkeypatch: pytest.MonkeyPatch) -> service.Shelves:
    """Have questions on meaning answered by this process, through the frames of the socket."""
    shelves = service.Shelves()

    def ask(question: Mapping[str, Any], _patience: float) -> dict[str, Any]:
        told: dict[str, Any] = service.answer(json.loads(json.dumps(question)), shelves)
        return told

    monkeypatch.setattr(client, "_ask", ask)
    client.forget_silence()
    return shelves
