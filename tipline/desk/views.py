"""What waits for whoever is signed in."""

from tipline.office.doors import Doors

bp = Doors("desk", __name__, url_prefix="/desk")
