"""What a page wears is light enough for the line of a town: all of it together, packed as the web server packs it."""

import gzip
from pathlib import Path

HOUSE = Path(__file__).parents[2]
ALLOWED = 100_000
"""Bytes, of which a page uses a part."""


def test_all_that_pages_wear_weighs_less_than_a_page_may():
    files = [file for file in (HOUSE / "tipline/static").rglob("*") if file.suffix in {".css", ".js", ".svg"}]
    assert len(files) > 5
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) < ALLOWED


def test_the_web_server_packs_them_and_no_page():
    pages, _, worn = (HOUSE / "deploy/nginx.conf").read_text().partition("location /static/")
    assert "gzip on;" in worn
    assert "gzip" not in pages
