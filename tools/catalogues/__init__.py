"""The catalogues of gettext: what the code says, what is translated, what is compiled."""
