"""The demonstration of access to information: cases of every state, all persons invented."""

from infitah.information.seeds.telling import seed_requests

__all__ = ["seed_requests"]
