"""The ledger at the counter: lists, search, one lead, its reporter."""

from tipline.office.doors import Doors

bp = Doors("leads", __name__, url_prefix="/leads")
