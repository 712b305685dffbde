"""Typical cases at the counter: the towns' months, filing, accepting, returning."""

from tipline.office.doors import Doors

bp = Doors("typical_cases", __name__, url_prefix="/typical-cases")
