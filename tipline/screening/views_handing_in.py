"""A workbook at the counter until it is entered or let go: the doors of every room that reads one."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit import sheets
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.kit.typed import count
from tipline.kit.vault import Unreadable
from tipline.kit.words import Bilingual
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.time import now
from tipline.screening import pages
from tipline.screening.commenting import commented
from tipline.screening.rules import Verdict
from tipline.screening.workbook import Handed


@dataclass(frozen=True)
class HandingIn:
    """What one room says of its workbooks."""

    operations: ModuleType
    """With `table_of`, `preview`, `enter` and `drop`."""
    template: str
    seen: Callable[[str], Any]
    """The workbook of a key as far as it lies here for the officer, or a 404."""
    read: Callable[[bytes, Any], Handed]
    """The content read through for its table."""
    names: Callable[[Any], Mapping[str, Bilingual]]
    """The columns of a table by key."""
    address: Callable[[Any], str]
    """Where the table is shown."""
    entered: Callable[[Mapping[str, int]], str]
    """What the officer is told of the rows."""

    def hang(self, bp: Doors, *, importing: Act, dropping: Act) -> None:
        """Hang the doors that lead from a workbook's verdicts to its end."""
        bp.get("/uploads/<key>", act=importing)(self.preview)
        bp.post("/uploads/<key>/import", act=importing)(self.import_rows)
        bp.post("/uploads/<key>/drop", act=dropping)(self.drop)
        bp.get("/uploads/<key>/commented", act=importing)(self.with_comments)

    def preview(self, key: str) -> ResponseReturnValue:
        """What each row would become; after it was entered, which rows are still wrong."""
        upload = self.seen(key)
        of = self.operations.table_of(upload)
        found = self.operations.preview(of, self.handed(upload))
        after = request.args.get("after", "")
        return render_template(
            self.template,
            upload=upload,
            of=of,
            preview=found,
            seen=pages.seen(found, request.args.get("show", ""), count(after)),
            names=self.names(of),
            verdicts=list(Verdict),
        )

    def import_rows(self, key: str) -> ResponseReturnValue:
        """The workbook is read before the transaction that enters it, so that nobody waits for the reading."""
        handed = self.handed(self.seen(key))
        db.session.rollback()
        upload = self.seen(key)
        found = self.operations.enter(upload, handed, by=current_user, at=now())
        where = url_for(".preview", key=key) if upload.wrong else self.address(self.operations.table_of(upload))
        db.session.commit()
        flash(self.entered(found.tally))
        return redirect(where)

    def drop(self, key: str) -> ResponseReturnValue:
        upload = self.seen(key)
        self.operations.drop(upload, by=current_user, at=now())
        where = self.address(self.operations.table_of(upload))
        db.session.commit()
        flash(_("已放弃，什么也没有导入。"))
        return redirect(where)

    def with_comments(self, key: str) -> ResponseReturnValue:
        """The same workbook, with a comment at every wrong cell."""
        upload = self.seen(key)
        content, handed, name = _content_of(upload), self.handed(upload), upload.name
        db.session.rollback()
        file = commented(content, handed, said)
        return send_file(io.BytesIO(file), sheets.MIME, as_attachment=True, download_name=_("批注-%(name)s", name=name))

    def handed(self, upload: Any) -> Handed:
        """A workbook that lies in the cabinet, read through again."""
        return self.read(_content_of(upload), self.operations.table_of(upload))


def _content_of(upload: Any) -> bytes:
    kept = upload.original
    assert kept is not None  # whoever sees a workbook sees one that still lies here
    try:
        return b"".join(cabinet.read(kept))
    except Unreadable:
        raise NotNow("这份表已读不出来，请重新上传。") from None
