"""The house with little patience, so that a test need not wait half a minute."""

from app import app
from tipline.office import receiving

receiving.PATIENCE = 2.0

__all__ = ["app"]
