"""Tests of the look: sheets, tags, components, documents."""
