"""What the community publishes without being asked again (law 31-13, arts. 6 and 10): floor 6.

It starts with the published record of answers to requests for information, and the list of what
article 10 asks to publish. It knows no request: what comes in are plain values.
"""
