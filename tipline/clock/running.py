"""The clock process: ticks once a second until it is told to stop. Web workers never run it."""

import logging
import signal
import threading

from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from tipline.clock import operations
from tipline.kit.dates import HERE
from tipline.office.time import machine_now, rehearsing


def run(app: Flask) -> None:
    """Tick until SIGTERM or Ctrl C; a job that is running may finish."""
    stopping = threading.Event()
    scheduler = BlockingScheduler(
        timezone=HERE, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a long walk skips ticks, which is no news
    scheduler.add_job(look, "interval", args=[app, stopping], seconds=1, id="tick")

    def stop(*_: object) -> None:
        stopping.set()
        threading.Thread(target=scheduler.shutdown).start()  # not here: a signal may come at any line

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    app.logger.info("the clock runs")
    scheduler.start()
    app.logger.info("the clock has stopped")


def look(app: Flask, stopping: threading.Event) -> None:
    """One tick; what goes wrong is told and the next tick tries again."""
    if stopping.is_set():
        return
    try:
        with app.app_context():
            if rehearsing():
                operations.tick_rehearsal(going=lambda: not stopping.is_set())
            else:
                operations.tick(machine_now())
    except Exception as failure:
        app.logger.error("tick failed: %s", type(failure).__name__)
