"""Every refusal on one page: what was refused and why, and what the person had written, so that it is not lost."""

import re
from http import HTTPStatus

from flask import Flask, g, redirect, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_url
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, Unauthorized
from werkzeug.routing import RequestRedirect

from tipline.kit.db import db
from tipline.kit.errors import Refused
from tipline.kit.words import Sentence
from tipline.office.frame import said


def _refused(refusal: Refused) -> tuple[str, int]:
    db.session.rollback()
    return _page(refusal.status, said(refusal.sentence))


def _overtaken(_: StaleDataError) -> tuple[str, int]:
    """Two hands on one paper: the database let the first one win."""
    db.session.rollback()
    return _page(409, said(FAILURES[409]))


def _unspeakable(_: DataError) -> tuple[str, int]:
    """A sign in the form that the database cannot keep, such as NUL."""
    db.session.rollback()
    return _page(400, said(FAILURES[400]))


def _failed(failure: HTTPException) -> tuple[str, int]:
    db.session.rollback()
    status = failure.code or 500
    if isinstance(failure, CSRFError) and not current_user.is_authenticated:
        status = 401  # the form is of a session that has ended meanwhile
    return _page(status, said(FAILURES.get(status, ELSE)))


FAILURES = {
    400: Sentence("这个请求不完整或已过期，请返回上一页再试。"),
    401: Sentence("您已不在登录状态，这一步没有办成。请重新登录，再办一次。"),
    403: Sentence("无权办理。"),
    404: Sentence("没有这个页面，或您无权查看。"),
    405: Sentence("这个页面不能这样打开。"),
    409: Sentence("刚才有人先办了这一步，请刷新后再看。"),
    413: Sentence("内容太大，请分次提交。"),
    500: Sentence("系统出错，没有改动任何内容。请告知系统管理员。"),
}
WORDS = re.compile(r"[^!-~]")
"""A value with a blank or with signs that no mark, key or date has."""
SECRETS = ("password", "old", "new", "again")
OURS = "same-origin"
"""What a browser says of a form of our own pages; an old one says nothing."""
ELSE = Sentence("没有办成，请再试一次；若仍不行，请告知系统管理员。")


def _page(status: int, sentence: str) -> tuple[str, int]:
    """The one page of every refusal: it does not even show from which room."""
    if request_ctx.url_adapter is None:  # another house's name was asked for: no address of ours fits it
        return sentence, status
    g.pop("frame", None)
    g.nowhere = True
    try:
        return render_template(
            "refused.html", status=status, sentence=sentence, back=_above(status), typed=_typed()
        ), status
    except SQLAlchemyError:  # the database itself is away: then the sentence alone
        return sentence, status


def _above(status: int) -> str | None:
    """The page of the paper that a deed was meant for, where its state as it is now can be read."""
    if status != HTTPStatus.CONFLICT or request.method != "POST":
        return None
    path, asked = request.path.rpartition("/")[0], request.query_string.decode(errors="ignore")
    try:
        request_ctx.url_adapter.match(path, method="GET")  # type: ignore[union-attr]
    except (HTTPException, RequestRedirect):
        return None
    return f"{path}?{asked}" if asked else path


def turned_away() -> ResponseReturnValue:
    """Nobody is signed in: a page waits behind the door, a deed is not done and what was written is given back."""
    if request.method == "GET":
        return redirect(login_url("office.sign_in", request.url))
    return _failed(Unauthorized())


def _typed() -> list[str]:
    """The words on the form that is refused: whoever wrote them gets them back. No marks, no passwords, no files.

    Nothing that a page of another house sends: our page would say their words.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site", OURS) != OURS:
        return []
    try:
        said = request.form.items(multi=True)
    except (HTTPException, Refused):  # larger than the house takes, or no form at all
        return []
    return [words for name, words in said if WORDS.search(words) and name.rpartition("-")[2] not in SECRETS]


def install(app: Flask) -> None:
    """Answer every refusal of the house, and every failure, in its own words."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(DataError, _unspeakable)
    app.register_error_handler(HTTPException, _failed)
