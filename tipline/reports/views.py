"""Figures at the counter."""

from tipline.office.doors import Doors

bp = Doors("reports", __name__, url_prefix="/reports")
