"""The counter that all of the office's doors hang on."""

from tipline.office.doors import Doors

bp = Doors("office", __name__)
