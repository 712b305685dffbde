"""Referrals at the counter: approve, hand over, sign for, dispose, conclude."""

from tipline.office.doors import Doors

bp = Doors("referrals", __name__, url_prefix="/referrals")
