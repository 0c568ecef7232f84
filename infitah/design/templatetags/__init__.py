"""Template tags: `{% load design %}`."""
