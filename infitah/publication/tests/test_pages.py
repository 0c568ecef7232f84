"""The log and its records over HTTP: what stands there, what does not, and where it leads."""
