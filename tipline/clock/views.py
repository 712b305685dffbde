"""The state of the machine: jobs, mail, calendar."""

from tipline.office.doors import Doors

bp = Doors("clock", __name__, url_prefix="/clock")
