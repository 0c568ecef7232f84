"""What a web process of Granian loads: the door, and Django behind it."""

from infitah.config.door import Door
from infitah.config.wsgi import application
from infitah.core import lifeline

lifeline.follow_parent()
door = Door(application)
