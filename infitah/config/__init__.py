"""The roof: settings, root addresses, server entry, commands; nobody imports it."""
