"""The rehearsal: its date, its officers, its outbox."""

from tipline.office.doors import Doors

bp = Doors("rehearsal", __name__, url_prefix="/rehearsal")
