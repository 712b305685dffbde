"""The counter, any list as a sheet."""

from flask import request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.kit import sheets
from tipline.kit.db import db
from tipline.office import listing, time
from tipline.office.charter import Act
from tipline.office.counter import bp


@bp.post("/lists/export", act=Act.EXPORT_LIST)
def export_list() -> ResponseReturnValue:
    """The list that the form names by its address, as it stands for the reader, without a cap."""
    file, title = listing.export(request.form.get("list", ""), by=current_user, at=time.now())
    db.session.commit()
    return send_file(file, sheets.MIME, as_attachment=True, download_name=f"{title}-{time.today():%Y%m%d}.xlsx")
