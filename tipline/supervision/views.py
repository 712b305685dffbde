"""Supervised cases at the counter."""

from tipline.office.doors import Doors

bp = Doors("supervision", __name__, url_prefix="/supervision")
