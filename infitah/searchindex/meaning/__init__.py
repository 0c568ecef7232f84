"""Closeness in meaning: vectors kept in the worker, asked for over a local socket.

The worker alone holds the encoder and the vectors (`service`); every other process asks it
(`client`) and goes by words alone where no answer comes at once. See docs/decisions/0009.
"""
