"""What is kept: every word sealed, hashed, or listed as plain with its reason; nothing readable in any file."""

import base64
import hashlib
import logging
from pathlib import Path

import pytest
from sqlalchemy import JSON, Enum, LargeBinary, String, text

from tests import make
from tests.evidence.files import office, put
from tests.intake.test_call_sheet import SHEET
from tipline.evidence.models import Exhibit
from tipline.kit.db import db
from tipline.kit.vault import Sealed, Unreadable
from tipline.office.charter import Role
from tipline.office.models import Letter
from tipline.office.time import now

PLAIN = {
    "place": "public list of places",
    "office": "public list of offices",
    "officer.login": "names an account, not a person reported or reporting",
    "officer.name": "the roster is public in the house",
    "officer.title": "the roster is public in the house",
    "officer.email": "an address of the office",
    "officer.language": "zh or en",
    "officer.password_hash": "argon2",
    "kin.relation": "a word of a fixed list",
    "calendar_day": "public holidays",
    "calendar_year": "public holidays",
    "edition": "published rules",
    "entry.facts": "codes and counts; reasons are sealed notes",
    "entry.paper": "an opaque name",
    "letter": "numbers and dates; every letter is read by the linters of the mailroom",
    "lead.channel": "a key of the notice",
    "lead.problems": "keys of the notice",
    "lead.wrong_dibao": "keys of the notice",
    "implicated_person.post": "a key of the notice",
    "ledger_view.address": "filters of the ledger and columns: keys, codes and months; words are refused",
    "person_version.post": "a key of the notice",
    "series.code": "letters of an office",
    "throttle.bucket": "a hash of name and address",
    "job_run": "the machine's own",
    "heartbeat": "the machine's own",
    "typical_case.decided_by": "a public body that published its decision",
    "typical_case.origin": "a key of the notice",
    "typical_case.problem": "a key of the notice",
    "typical_case.sanction": "as published by the deciding body",
    "typical_case_report.signatory": "an officer of the town, who signs in public",
    "referral.rule": "number of a rule",
    "referral.finding": "a key of the notice",
    "referral.due_clock": "number of a clock",
    "intervention.manner": "a key of the notice",
    "referral.raised_from": "codes of bodies",
    "referral.receipt_no": "number of a paper receipt",
    "eligibility_review.rule": "number of a rule",
    "eligibility_review.refusal": "a key of the notice",
    "eligibility_review.due_clock": "number of a clock",
    "eligibility_review.doc_no": "number of a document",
    "eligibility_review.effective_from": "a month",
    "review_check.report_no": "number of a report",
    "refusal.reason": "a key of the notice",
    "filing.retention": "a key of the notice",
    "exhibit.file": "a random name",
    "exhibit.copy_file": "a random name",
    "inspection.contractor": "a firm under contract",
    "inspection.contract_no": "number of a contract",
    "inspection.seed": "published before anything is drawn",
    "finding.term": "a key of the notice",
    "finding.source": "a digest of opaque names and a key of the notice",
    "finding_file.file": "a random name",
    "issue_summary.notice": "key of a notice",
    "issue_summary.period": "a month or a quarter",
    "issue_summary.figures": "numbers",
    "issue_summary.digest": "a digest of numbers",
    "improvement.spread_to": "codes of towns",
    "improvement.contract_no": "number of a contract",
    "town_action.notice": "key of a notice",
    "town_action.ground": "a key of the notice",
    "town_action.measure": "a key of the notice",
    "town_action.facts": "names of signals and numbers",
    "town_action.doc_no": "number of a document",
    "action_file.file": "a random name",
    "outcome_sheet.finding": "a key of the notice",
    "measure.kind": "a key of the notice",
    "money_moved.kind": "a key of the notice",
    "dibao_correction.kind": "a key of the notice",
    "dibao_correction.effective": "a month",
    "clarification.manner": "a key of the notice",
    "tolerance_review.decision": "a key of the notice",
    "tolerance_answer.test": "a key of the notice",
    "bundle_member.evidence": "words of a fixed list",
    "bundle_member.withdrawn": "opaque names",
    "follow_up.manner": "a key of the notice",
    "supervised_case.triggers": "keys of the notice",
    "supervised_case.letter_no": "number of an official letter",
    "supervised_case.missing": "words of a fixed list",
    "official_letter.doc_no": "number of an official letter",
    "letter_file.sha256": "a digest of a sealed file",
    "watch.paper": "an opaque name",
    "glance.paper": "an opaque name",
    "exercise_start.exercise": "a key of a list of invented calls",
    "referral.days": "events and days",
    "referral.extended": "ids of clocks",
    "asking.cause": "a key of the notice",
    "disposition_record.cause": "a key of the notice",
    "extension.clock": "id of a clock",
    "slip.receipt_no": "number of a paper receipt",
    "sample_draw.seed": "published before the draw, for anybody to recompute it",
    "sample_draw.cutoff": "published with the seed",
    "sample_draw.population": "opaque names",
    "sampled_closure.outcome": "a key of the notice",
    "sampled_closure.papers": "keys of the notice",
    "checked_item.item": "a key of the notice",
    "unfinished_call.notice": "key of a notice",
    "unfinished_call.mark": "a digest",
    "unfinished_call.window": "a random mark",
    "paper_sheet.batch": "a random mark",
    "phrase.problems": "keys of the notice",
    "ring.line": "a number that is published",
    "screening_upload.notice": "key of a notice",
    "screening_upload.population": "a key of the notice",
    "screening_upload.file": "a random name",
    "screening_record.notice": "key of a notice",
    "screening_record.population": "a key of the notice",
    "screening_record.facts": "numbers, days and keys of the notice; words about people are sealed beside them",
    "screening_record.conclusion": "a key of the notice",
    "screening_record.gaps": "keys of the notice",
    "screening_version.facts": "as of the record",
    "screening_step.step": "a key of the notice",
    "table_submission.notice": "key of a notice",
    "table_submission.population": "a key of the notice",
    "full_export.notice": "key of a notice",
    "full_export.population": "a key of the notice",
    "posting.notice": "a key of a notice",
    "posting.duty": "a key of the notice",
    "posting.period": "a month or a quarter",
    "posting_fault.notice": "a key of a notice",
    "posting_fault.duty": "a key of the notice",
    "posting_fault.period": "a month or a quarter",
    "posting_photo.file": "a random name",
    "posting_photo.copy_file": "a random name",
    "hotline_line.digits": "a number that is published",
    "hotline_line.owner": "published with the number",
    "line_proof.file": "a random name",
    "test_round.seed": "published before the draw, for anybody to recompute it",
    "test_round.population": "opaque names",
    "dial_test.result": "a key of the notice",
    "line_fault.problem": "a key of the notice",
    "missed_call.result": "a key of the notice",
    "register_upload.notice": "key of a notice",
    "register_upload.register": "a key of the notice",
    "register_upload.file": "a random name",
    "register_entry.notice": "key of a notice",
    "register_entry.register": "a key of the notice",
    "register_entry.facts": "numbers, days and keys of the notice; words about people are sealed beside them",
    "filing_check.result": "a key of the notice",
    "register_hit.notice": "key of a notice",
    "help_visit.notice": "key of a notice",
    "help_visit.outcome": "a key of the notice",
    "lead.away_from": "words of a fixed list of bodies",
    "check_in.round": "id of a clock",
    "submission.notice": "a key of a notice",
    "submission.duty": "a key of the notice",
    "submission.period": "once, a month or a quarter",
    "submission_version.principal": "a leader of the town, who answers for the plan in public",
    "submission_version.deputy": "a leader of the town, who answers for the plan in public",
    "submission_version.file": "a random name",
    "duty_ruling.notice": "a key of a notice",
    "duty_ruling.duty": "a key of the notice",
    "inspection.notice": "a key of a notice",
    "lead.notice": "a key of a notice",
    "typical_case_report.notice": "a key of a notice",
    "circular.notice": "a key of a notice",
    "circular.doc_no": "number of a document",
    "education.notice": "a key of a notice",
    "education.audience": "a key of the notice",
    "education.form": "a key of the notice",
    "month_seal.notice": "a key of a notice",
    "month_seal.month": "a month",
    "month_seal.standing": "a key of a notice and a month",
    "month_seal.figures": "numbers by keys of figures and codes of towns; never of a walled lead",
    "seal_correction.figure": "a key of a figure",
    "seal_correction.town": "code of a place, or of a column",
}
CODED = (
    "_blind",
    "_hash",
    "hash",
    "mac",
    "prev",
    "key",
    "code",
    "_code",
    "number",
    "digest",
    "_digest",
    "submitted_as",
    "claim",
    "owner",
)
"""Endings of columns that carry a hash, a random name, a code of a public list or a number drawn from a series."""


def text_columns():
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | JSON | LargeBinary) and not isinstance(column.type, Enum):
                yield table.name, column


def test_every_column_that_could_carry_words_is_sealed_coded_or_listed_with_its_reason(app):
    sealed = {f"{model.__tablename__}.{name}_sealed" for model, name in Sealed.everywhere}
    naked = [
        f"{table}.{column.name}"
        for table, column in text_columns()
        if f"{table}.{column.name}" not in sealed
        and not column.name.endswith(CODED)
        and f"{table}.{column.name}" not in PLAIN
        and table not in PLAIN
    ]
    assert not naked


def test_every_sealed_column_is_one_that_the_vault_knows(app):
    sealed = {f"{model.__tablename__}.{name}_sealed" for model, name in Sealed.everywhere}
    assert {f"{table}.{column.name}" for table, column in text_columns() if column.name.endswith("_sealed")} == sealed


def test_a_sealed_word_moved_to_another_row_or_column_does_not_open(app):
    one, other = make.lead("village_head"), make.lead("village_head")
    db.session.commit()
    one.narrative_sealed, other.household_sealed = other.narrative_sealed, other.narrative_sealed
    for row, name in ((one, "narrative"), (other, "household")):
        with pytest.raises(Unreadable):
            getattr(row, name)
    other.people[0].name_sealed = bytes([*other.people[0].name_sealed[:-1], other.people[0].name_sealed[-1] ^ 1])
    with pytest.raises(Unreadable):
        _ = other.people[0].name
    db.session.rollback()


CANARIES = {
    "people-0-name": "龘靐齉",
    "people-0-post_words": "鱻犇骉职",
    "people-0-allegation": "麤毳淼事",
    "people-1-name": "赑屃鳌",
    "people-1-allegation": "饕餮貔",
    "narrative": "焱垚森磊晶",
    "household": "鑫淼犇",
    "major_reason": "猋飍驫因",
    "reporter_name": "羴鱻麤",
    "phone": "15477770001",
    "identity": "129999199003078899",
    "address": "矗轟掱号",
    "relation": "孖孨舅",
    "reason": "骉骦驪由",
    "amended": "譶讟詟言",
}


def spellings(word: str) -> list[bytes]:
    """The ways in which a word could lie in a file."""
    raw = [word.encode(encoding, "ignore") for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    hashed = [hashlib.new(name, word.encode()).hexdigest().encode() for name in ("md5", "sha1", "sha256", "sm3")]
    escaped = word.encode("ascii", "backslashreplace")
    return [*raw, *hashed, base64.b64encode(word.encode())[:-2], *([escaped] if not word.isascii() else [])]


def test_no_word_that_was_typed_lies_readable_in_any_file(app, database, sign_in, caplog, tmp_path, request):
    caplog.set_level(logging.DEBUG)
    browser = sign_in(keeper := make.officer(Role.LEDGER_KEEPER))
    sheet = {**SHEET, **{name: word for name, word in CANARIES.items() if name not in ("reason", "amended")}}
    sheet |= {"people-0-post": "", "people-1-post": "village_head", "people-1-post_words": "村委会主任"}
    assert browser.post("/intake/register", data=sheet | {"major": "y", "named": "yes"}).status_code == 302
    lead = db.session.scalars(db.select(make.Lead).filter_by(registered_by_id=keeper.id)).one()
    amended = {"amend-narrative": CANARIES["amended"], "amend-reason": CANARIES["reason"] + "，须更正"}
    assert browser.post(f"/leads/{lead.key}/amend", data=amended).status_code == 302
    browser.post("/leads/search", data={"q": CANARIES["narrative"]})
    kept = everything_on_disk(database, request) + caplog.text.encode()
    kept += "".join(letter.subject + letter.body for letter in db.session.scalars(db.select(Letter))).encode()
    assert lead.number.encode() in kept, "the sweep reads what is there"
    assert not [name for name, word in CANARIES.items() if any(spelling in kept for spelling in spellings(word))]


EXHIBIT = {"name": "麒麟貔貅照", "words": "魑魅魍魉所写", "recorder": "REC-CANARY-77113", "place": "矗立轟柜"}


def test_no_word_of_an_exhibit_lies_readable_in_any_file(app, database, sign_in, caplog, tmp_path, request):
    caplog.set_level(logging.DEBUG)
    browser = sign_in(keeper := make.officer(Role.LEDGER_KEEPER))
    lead = make.lead("village_head", by=keeper, at=now())
    db.session.commit()
    words = (EXHIBIT["words"] * 60_000).encode()
    side = f"leads/{lead.key}"
    assert put(browser, side, words, f"{EXHIBIT['name']}.txt").status_code == 302
    assert put(browser, side, office(**{"word/x.xml": EXHIBIT["words"]}), f"{EXHIBIT['name']}.docx").status_code == 302
    told = {"number": EXHIBIT["recorder"], "digest": "cd" * 32, "started_at": "2018-06-04T09:12", "length": "1:00"}
    told |= {"kept_at": EXHIBIT["place"]}
    told = {f"recording-{name}": value for name, value in told.items()}
    assert browser.post(f"/evidence/{side}/note-recording", data=told).status_code == 302
    (one, *_) = db.session.scalars(db.select(Exhibit).order_by(Exhibit.id))
    browser.post(f"/evidence/{one.key}/download")
    digest, secret = one.digest, one.secret
    files = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    assert len(files) == 3
    kept = everything_on_disk(database, request) + caplog.text.encode() + b"".join(map(Path.read_bytes, files))
    assert lead.number.encode() in kept, "the sweep reads what is there"
    assert not [name for name, word in EXHIBIT.items() if any(spelling in kept for spelling in spellings(word))]
    for hidden in (digest, secret, hashlib.md5(words).hexdigest()):
        assert hidden.encode() not in kept, "who has the same file must not be able to ask the database for it"
        assert bytes.fromhex(hidden) not in kept


def everything_on_disk(database: str, request: pytest.FixtureRequest) -> bytes:
    if database.startswith("sqlite"):
        path = Path(database.removeprefix("sqlite:///"))
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET ROLE NONE"))
        connection.execute(text("CHECKPOINT"))
    home = request.getfixturevalue("cluster").home / "data"
    return b"".join(
        file.read_bytes() for part in ("base", "pg_wal") for file in (home / part).rglob("*") if file.is_file()
    )
