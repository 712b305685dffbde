"""From approved words to files: the number, the two files that are kept, and the copies that are served."""

import base64
import hashlib
import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.series import next_number
from tipline.leads.models import Reporter
from tipline.letters import docx, pdf, review, rules
from tipline.letters.models import FileKind, LetterFile, OfficialLetter, Printing
from tipline.letters.objections import do, is_to_reporter
from tipline.letters.setting import house_style
from tipline.letters.wording import REPORTER, Sheet, Wording
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Office, Officer

NOBODY = "举报人"
"""How the reporter is addressed where the letter does not name them."""


def number_and_keep(letter: OfficialLetter, *, by: Officer, at: datetime) -> None:
    """Draw the number, make both files and keep them with their hashes."""
    letter.doc_no = _next_number(letter, local(at).year)
    letter.issued_at, letter.issued_on, letter.issued_by = at, day_of(at), by
    sheet = _final_sheet(letter, by=by, at=at)
    if signs := review.unknown(sheet):
        raise Incomplete("字库里没有这些字：%(signs)s。", signs="、".join(signs))
    for form, content in drawn(sheet, at).items():
        kept = LetterFile(form=form, sha256=hashlib.sha256(content).hexdigest())
        kept.content = base64.b64encode(content).decode()
        letter.files.append(kept)


def _next_number(letter: OfficialLetter, year: int) -> str:
    """The next number of the office's series; about a walled lead a random one of the closed series beside it:
    neither a gap nor an order tells of it."""
    code = letter.office.doc_code or ""
    if not letter.lead.walled:
        return next_doc_no(letter.office, year)
    span = rules.HIGHEST_CLOSED - rules.LOWEST_CLOSED
    while True:
        number = rules.doc_no(rules.closed_code(code), year, rules.LOWEST_CLOSED + secrets.randbelow(span + 1))
        if db.session.scalar(select(OfficialLetter.id).where(OfficialLetter.doc_no == number)) is None:
            return number


def next_doc_no(office: Office, year: int) -> str:
    """The next number of the office's open series, whatever is issued under it."""
    code = office.doc_code or ""
    return rules.doc_no(code, year, next_number(f"doc:{code}", year))


def _final_sheet(letter: OfficialLetter, *, by: Officer, at: datetime) -> Sheet:
    """The letter with its number, its date, and the reporter where another hand has approved that."""
    words = Wording.parse(letter.latest.text)
    if letter.names_reporter:
        words = _with_reporter(words, letter, by=by, at=at)
    return Sheet(letter.office.name, _anonymous(words), letter.doc_no or "", letter.office.name, day_of(at))


def _with_reporter(words: Wording, letter: OfficialLetter, *, by: Officer, at: datetime) -> Wording:
    """Open the vault for this letter, in the trail of the lead, and put the name where it belongs."""
    reporter = db.session.scalars(select(Reporter).where(Reporter.lead_id == letter.lead_id)).one_or_none()
    if reporter is None:
        raise Incomplete("没有登记举报人，不能写入。")
    witness(Act.READ_REPORTER, letter.lead, by=by, at=at, note=letter.reporter_reason, letter=letter.sort.value)
    if is_to_reporter(letter):
        return replace(words, addressee=words.addressee.replace(REPORTER, reporter.name or NOBODY))
    known = "，".join(part for part in (reporter.name, reporter.phone) if part)
    line = f"举报人：{known}。举报人身份只供你单位办理本件使用，必须严格保密。"
    return replace(words, paragraphs=(*words.paragraphs[:-1], line, *words.paragraphs[-1:]))


def _anonymous(words: Wording) -> Wording:
    """The words with nobody named as the reporter."""
    return Wording.parse(words.text.replace(REPORTER, NOBODY))


def drawn(sheet: Sheet, at: datetime) -> dict[FileKind, bytes]:
    """Both files, drawn in the style of the house."""
    style = house_style()
    return {
        FileKind.PDF: pdf.draw(sheet, style.layout, style.faces, at=at),
        FileKind.DOCX: docx.draw(sheet, style.layout, at=at),
    }


def print_copy(letter: OfficialLetter, form: FileKind, *, by: Officer, at: datetime) -> bytes:
    """A copy to take away: of the kept file once it is issued, else a proof. Each has a trace code of its own in
    the margin, with who printed it and when, and stands in the trail."""
    do(Act.PRINT_LETTER, letter, by=by, at=at, form=form.value, version=str(letter.latest.n))
    printing = Printing(letter=letter, n=letter.latest.n, form=form, at=at, by=by)
    db.session.add(printing)
    original = _kept(letter, form) if letter.doc_no else _proof(letter, form, at)
    words = margin(by, at, is_proof=not letter.doc_no, code=printing.key)
    return stamped(original, form, words, at)


def stamped(original: bytes, form: FileKind, words: str, at: datetime) -> bytes:
    """A copy with these words in its margin."""
    style = house_style()
    if form is FileKind.DOCX:
        return docx.stamped(original, words, style.layout)
    return pdf.stamped(original, words, style.layout, style.faces, at=at)


def _kept(letter: OfficialLetter, form: FileKind) -> bytes:
    return next(base64.b64decode(file.content) for file in letter.files if file.form is form)


def _proof(letter: OfficialLetter, form: FileKind, at: datetime) -> bytes:
    """A draft as it would look, without number, date and name. A character without a face is refused here too."""
    sheet = review.draft_sheet(letter)
    if signs := review.unknown(sheet):
        raise Incomplete("字库里没有这些字：%(signs)s。", signs="、".join(signs))
    return drawn(replace(sheet, wording=_anonymous(sheet.wording)), at)[form]


def margin(by: Officer, at: datetime, *, is_proof: bool, code: str = "") -> str:
    """The words in the margin; whoever's name the face cannot draw is named by their account."""
    style, on = house_style(), local(at)
    name = by.login if style.faces.unknown(style.layout, "body", by.name) else by.name
    proof = "样稿，未印发　" if is_proof else ""
    when = f"{on.year}年{on.month}月{on.day}日 {on:%H:%M}"
    return f"{proof}{by.office.name} {name} {when} 打印{f'　追溯码 {rules.grouped(code)}' if code else ''}"
