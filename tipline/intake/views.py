"""The phone rings: the call sheet."""

from tipline.office.doors import Doors

bp = Doors("intake", __name__, url_prefix="/intake")
