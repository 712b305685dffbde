"""The front door: `flask --app app …` and `gunicorn app:app`."""

from config import Settings
from tipline import create_app

app = create_app(Settings.from_env().for_flask())
