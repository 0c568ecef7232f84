"""The look: tokens, style sheets, components, fonts, documents in PDF; no models (floor 2)."""
