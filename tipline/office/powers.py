"""Who may do which deed, and which deeds want a second person."""

from tipline.office.charter import Act, Role

EVERYBODY = {
    Act.SIGN_IN,
    Act.FAIL_SIGN_IN,
    Act.SIGN_OUT,
    Act.KEEP_OWN_ACCOUNT,
    Act.READ_DESK,
    Act.DECLARE_KIN,
    Act.TAKE_LEAVE,
    Act.READ_RULES,
    Act.MOVE_DATE,
}

NOTING = {Act.WRITE_NOTE, Act.WATCH, Act.UNWATCH, Act.ASK_TO_WATCH}

ANSWERING = {Act.LOOK_UP_CODE, Act.PASS_ON_WORD, Act.TAKE_ADDITION}

REPLYING = {
    Act.WRITE_WORD,
    Act.SEE_ADDITION,
    Act.NOTE_OBJECTION,
    Act.UPHOLD_OBJECTION,
    Act.ANSWER_OBJECTION,
    Act.REOPEN_REFERRAL,
    Act.RECORD_CHECK_IN,
    Act.RAISE_RETALIATION,
}

KEEPING_VIEWS = {Act.SAVE_VIEW, Act.RENAME_VIEW, Act.DELETE_VIEW}
"""Of the ledger, for oneself: whoever reads it."""

SHARING_VIEWS = {Act.SHARE_VIEW, Act.UNSHARE_VIEW}
"""With one's own office."""

ON_PAPER = {Act.READ_SHEETS, Act.HAND_OUT_SHEETS, Act.ENTER_SHEET, Act.VOID_SHEET}
"""Calls written on paper: of whoever takes calls, for their own office."""

KEEPING_PHRASES = {Act.ADD_PHRASE, Act.RENEW_PHRASE, Act.RETIRE_PHRASE}
"""What operators say and know: of the bureau's keeper, for everybody who takes calls."""

REGISTERING = (
    ANSWERING
    | ON_PAPER
    | KEEPING_VIEWS
    | {
        Act.READ_PHRASES,
        Act.REGISTER_LEAD,
        Act.PUT_CALL_ASIDE,
        Act.REGISTER_STUB,
        Act.PROPOSE_REFERRAL,
        Act.PROPOSE_SUPERVISION,
        Act.HAND_OVER_DIRECTLY,
        Act.OPEN_REVIEW,
        Act.SEND_COPY,
        Act.READ_LEDGER,
        Act.READ_LEAD,
        Act.RECUSE,
        Act.REQUEST_RECUSAL,
    }
)

# eligibility: the dibao side handles petitions, its heads grant time, leaders decide again
PETITIONING = {
    Act.READ_REVIEWS,
    Act.ACCEPT_PETITION,
    Act.REFUSE_PETITION,
    Act.FORWARD_PETITION,
    Act.OBJECT_TO_FORWARD,
    Act.AGREE_OBJECTION,
    Act.DECLINE_OBJECTION,
    Act.TELL_PETITIONER,
    Act.START_CHECKS,
    Act.RECORD_CHECK,
    Act.ASK_MORE_TIME,
    Act.TELL_MORE_TIME,
    Act.DECIDE_PETITION,
    Act.EXECUTE_DECISION,
    Act.DELIVER_ANSWER,
    Act.ASK_SECOND_LOOK,
    Act.ASK_LAST_LOOK,
    Act.RECORD_HEARING,
    Act.CLOSE_REVIEW,
}
GRANTING_TIME = {Act.READ_REVIEWS, Act.GRANT_MORE_TIME, Act.REFUSE_MORE_TIME}
LOOKING_AGAIN = {Act.DECIDE_SECOND_LOOK, Act.DECIDE_LAST_LOOK}

SCREENING = {
    Act.UPLOAD_SCREENING,
    Act.IMPORT_SCREENING,
    Act.DROP_SCREENING,
    Act.AMEND_SCREENING,
    Act.CHECK_STEP,
    Act.SUBMIT_TABLE,
    Act.TAKE_BACK_TABLE,
}
"""Of the own town's table alone."""

SEALING = {Act.CONFIRM_SEAL, Act.DECLINE_SEAL, Act.CORRECT_SEALED}
"""Of the month's figures; a leader asks for it, and another person confirms."""

READING_SCREENING = {
    Act.READ_SCREENING_TOTALS,
    Act.READ_SCREENING,
    Act.REVEAL_IDENTITY,
    Act.EXPORT_SCREENING,
    Act.LOOK_UP_IDENTITY,
    Act.READ_FULL_EXPORT,
    Act.ASK_FULL_EXPORT,
    Act.FETCH_FULL_EXPORT,
}
"""A town its own; the bureau all, with the words about people masked."""

ALLOWING_FULL_EXPORTS = {Act.READ_FULL_EXPORT, Act.ALLOW_FULL_EXPORT, Act.DECLINE_FULL_EXPORT}
"""What somebody of the same office asked for."""

POSTING = {
    Act.RECORD_POSTING,
    Act.RECORD_WRONG_POSTING,
    Act.ADD_POSTING_PHOTO,
    Act.PRINT_POSTING,
    Act.EXPORT_POSTING,
    Act.CORRECT_POSTING_FAULT,
}
"""Of the own town and its villages alone."""

WATCHING_POSTINGS = {Act.READ_POSTINGS, Act.DOWNLOAD_POSTING_PHOTO, Act.NOTE_POSTING_FAULT}
DIALLING = {
    Act.ADD_LINE,
    Act.AMEND_LINE,
    Act.END_LINE,
    Act.READ_TESTS,
    Act.DRAW_ROUND,
    Act.ORDER_TEST,
    Act.RECORD_TEST,
    Act.DROP_TEST,
    Act.NOTE_FAULT,
    Act.RETURN_FAULT,
    Act.CONFIRM_FAULT,
}
"""Published numbers: what the bureau does about everybody's."""

MENDING_LINES = {Act.NOTE_PROOF, Act.CORRECT_FAULT}
"""Of the own office's numbers alone."""

READING_LINES = {Act.READ_LINES, Act.DOWNLOAD_PROOF}
"""A town its own numbers; everybody else all."""

RINGING_BACK = {
    Act.READ_MISSED_CALLS,
    Act.ENTER_MISSED_CALL,
    Act.IMPORT_MISSED_CALLS,
    Act.SEE_CALLER,
    Act.TRY_RING_BACK,
    Act.RING_BACK,
    Act.LEAVE_CALL,
}
"""Calls that nobody answered: of the operators alone, since they carry callers' numbers."""
FOLLOWING_REGISTERS = {Act.READ_REGISTERS, Act.READ_FILINGS}

KEEPING_REGISTERS = FOLLOWING_REGISTERS | {
    Act.UPLOAD_REGISTER,
    Act.IMPORT_REGISTER,
    Act.DROP_REGISTER,
    Act.AMEND_REGISTER,
    Act.REVEAL_LISTED,
    Act.EXPORT_REGISTER,
}
"""Of those registers that one may read; filings are kept by their town and by the discipline side."""

COMPARING = {
    Act.READ_KIN,
    Act.READ_PAID,
    Act.VERIFY_FILING,
    Act.READ_HITS,
    Act.COMPARE_REGISTERS,
    Act.FIND_HIT,
    Act.HOLD_HIT_TRUE,
    Act.HOLD_HIT_FALSE,
    Act.CONFIRM_HIT,
    Act.CLEAR_HIT,
    Act.SEND_BACK_HIT,
    Act.RAISE_HIT,
}
"""Cadres' relatives are the discipline side's to look at, never their colleagues'."""

HELPING = {Act.READ_HELP, Act.READ_MISSED, Act.VISIT_MISSED}
"""Households that were missed are the relief side's to visit, and nobody's offence."""

TRIAGING = {
    Act.WITHDRAW_REFERRAL,
    Act.RESTORE_REFERRAL,
    Act.ASK_BACK,
    Act.NOTE_ANSWER,
    Act.PROPOSE_REFUSAL,
    Act.KEEP_LEAD,
    Act.TELL_REFUSAL,
    Act.PASS_ON,
    Act.RECORD_PASS_RECEIPT,
    Act.SEPARATE_PETITION,
    Act.CONVERT_LEAD,
    Act.ARCHIVE_LEAD,
    Act.REOPEN_LEAD,
}
"""Of leads that one's own office registered; who may refuse one is asked in `triage/objections.py` too."""

BUNDLING = {
    Act.READ_BUNDLES,
    Act.COMPARE_LEADS,
    Act.BUNDLE_LEADS,
    Act.JOIN_BUNDLE,
    Act.UNDO_BUNDLE,
    Act.MARK_REPEAT,
    Act.UNMARK_REPEAT,
    Act.LINK_LEADS,
    Act.UNLINK_LEADS,
}
"""Of leads whose words one may read."""

DECIDING_TRIAGE = {Act.REFUSE_LEAD, Act.KEEP_LEAD, Act.WITHDRAW_REFERRAL}
# evidence: whoever takes a call takes what comes with it; whoever keeps or handles it may fetch it
GIVING_EVIDENCE = {Act.READ_EVIDENCE, Act.ATTACH_EVIDENCE, Act.NOTE_RECORDING, Act.MARK_EVIDENCE}
"""Whoever takes a call takes what comes with it, and cannot take it away again."""

HOLDING_EVIDENCE = GIVING_EVIDENCE | {
    Act.DOWNLOAD_EVIDENCE,
    Act.DOWNLOAD_ORIGINAL,
    Act.VERIFY_EVIDENCE,
    Act.VOID_EVIDENCE,
}

BESIDE = {
    Act.READ_SLIPS,
    Act.ENGAGE_HELPER,
    Act.SIGN_SLIP,
    Act.ANSWER_SLIP,
    Act.WITHDRAW_SLIP,
    Act.ASK_EXTENSION,
}
"""What goes beside a referral: help that is asked for, copies, longer time."""

KEEPING = (
    REGISTERING
    | SHARING_VIEWS
    | HOLDING_EVIDENCE
    | NOTING
    | BESIDE
    | TRIAGING
    | BUNDLING
    | {
        Act.RECORD_INTERVENTION,
        Act.AMEND_LEAD,
        Act.CORRECT_PERSON,
        Act.VOID_LEAD,
        Act.IMPORT_LEADS,
        Act.EXPORT_LEDGER,
        Act.EXPORT_LIST,
        Act.OPEN_CONTENT,
        Act.READ_REFERRALS,
        Act.REDIRECT_REFERRAL,
        Act.CONFIRM_REDIRECT,
        Act.DECLINE_REDIRECT,
        Act.APPROVE_REFERRAL,
        Act.HAND_OVER,
        Act.RECORD_RECEIPT,
        Act.RECORD_SLIP_RECEIPT,
        Act.AGREE_RETURN,
        Act.DECLINE_RETURN,
        Act.RECALL,
        Act.ASK_RECALL,
        Act.READ_REPORTER,
        Act.READ_SUPERVISION,
        Act.READ_TYPICAL_CASES,
        Act.READ_STATISTICS,
    }
)

ABOUT_A_HOUSEHOLD = {Act.READ_HOUSEHOLD}
"""What the house knows of one household, beside a paper whose words one reads; operators only take calls."""

HANDING_ON = {Act.READ_LEAVING, Act.HAND_ON, Act.COMPLETE_LEAVING}

DECIDING_RECUSALS = {Act.READ_RECUSALS, Act.GRANT_RECUSAL, Act.DECLINE_RECUSAL}
LIFTING = {Act.ASK_LIFT, Act.CONFIRM_LIFT, Act.DECLINE_LIFT}
VOUCHING_FOR_KIN = {Act.CONFIRM_KIN, Act.DECLINE_KIN}

ENDING = {
    Act.READ_OUTCOMES,
    Act.RECORD_OUTCOME,
    Act.ENTER_APPROVAL,
    Act.CHECK_APPROVAL,
    Act.DECLINE_APPROVAL,
    Act.PROPOSE_CLARIFICATION,
    Act.APPROVE_CLARIFICATION,
    Act.DECLINE_CLARIFICATION,
    Act.FINISH_CLARIFICATION,
    Act.READ_TOLERANCE,
    Act.PROPOSE_TOLERANCE,
    Act.MEET_CORRECTION,
}

READING_FINDINGS = {Act.READ_FINDING, Act.DOWNLOAD_FINDING_FILE}
"""A town reads what it must put right, the bureau everything."""

BEING_ANSWERABLE = {Act.READ_IMPROVEMENTS, Act.READ_ACTIONS, Act.DOWNLOAD_ACTION_FILE}
"""A town reads what it answers for and what was found worth doing as well; the bureau everything."""

LEARNING = BEING_ANSWERABLE | {Act.READ_SUMMARIES, Act.FINISH_IMPROVEMENT, Act.SEND_BACK_ACTION, Act.CLOSE_ACTION}
"""What keeper and leader of the bureau both do; the one proposes, the other decides."""

PROPOSING_TO_LEARN = LEARNING | {Act.WRITE_SUMMARY, Act.PROPOSE_IMPROVEMENT, Act.PROPOSE_ACTION}

DECIDING_WHAT_IS_LEARNT = LEARNING | {
    Act.CONFIRM_SUMMARY,
    Act.SEND_BACK_SUMMARY,
    Act.ADOPT_IMPROVEMENT,
    Act.DECLINE_IMPROVEMENT,
    Act.DECIDE_ACTION,
    Act.DROP_ACTION,
}

LOOKING_AT_TOWNS = READING_FINDINGS | {
    Act.READ_INSPECTIONS,
    Act.PLAN_INSPECTION,
    Act.START_INSPECTION,
    Act.CALL_OFF_INSPECTION,
    Act.FINISH_INSPECTION,
    Act.RECORD_FINDING,
    Act.NOTE_STYLE_PROBLEM,
    Act.DEMAND_RECTIFICATION,
    Act.CORRECT_ON_SPOT,
    Act.LET_FINDING_REST,
    Act.CONFIRM_RECTIFIED,
    Act.SEND_BACK_RECTIFIED,
}
"""Inspections: the bureau's side."""

READING_CIRCULARS = {Act.READ_CIRCULARS, Act.READ_EDUCATION}
"""What is issued, for all who have to do with towns; drafts are the bureau's."""

WRITING_CIRCULARS = {
    Act.DRAFT_CIRCULAR,
    Act.EDIT_CIRCULAR,
    Act.SUBMIT_CIRCULAR,
    Act.ISSUE_CIRCULAR,
    Act.DROP_CIRCULAR,
    Act.PRINT_CIRCULAR,
}
"""Circulars: the keeper's hand; a leader's is the other one."""

APPROVING_CIRCULARS = {
    Act.APPROVE_CIRCULAR,
    Act.SEND_BACK_CIRCULAR,
    Act.WITHDRAW_CIRCULAR,
    Act.PRINT_CIRCULAR,
}

TAKING_CIRCULARS = READING_CIRCULARS | {Act.CONFIRM_READING, Act.PRINT_CIRCULAR}
"""Circulars: what a town does with one."""

FOLLOWING_DUTIES = {Act.READ_DUTIES, Act.DOWNLOAD_SUBMISSION, Act.RENEW_FEED}
"""Duties of the notice: of whoever owes them, takes them or watches over them."""

INSPECTING = (
    REGISTERING
    | ABOUT_A_HOUSEHOLD
    | SHARING_VIEWS
    | {Act.CHECK_ITEM, Act.EXPORT_LIST}
    | HOLDING_EVIDENCE
    | NOTING
    | BESIDE
    | DECIDING_RECUSALS
    | VOUCHING_FOR_KIN
    | TRIAGING
    | BUNDLING
    | DECIDING_TRIAGE
    | REPLYING
    | ENDING
    | HANDING_ON
    | FOLLOWING_DUTIES
    | READING_LINES
    | KEEPING_REGISTERS
    | COMPARING
    | READING_CIRCULARS
    | {
        Act.RECORD_INTERVENTION,
        Act.READ_INTERVENTIONS,
        Act.READ_REFERRALS,
        Act.SIGN_FOR,
        Act.SEND_BACK,
        Act.ENDORSE_RETURN,
        Act.DROP_RETURN,
        Act.CONSENT_RECALL,
        Act.REFUSE_RECALL,
        Act.GRANT_EXTENSION,
        Act.REFUSE_EXTENSION,
        Act.SET_DISPOSITION,
        Act.SHELVE,
        Act.KEEP_SHELVED,
        Act.FILE_CASE,
        Act.RECORD_MILESTONE,
        Act.TELL_ACCEPTANCE,
        Act.CONCLUDE,
        Act.TELL_RESULT,
        Act.READ_REPORTER,
        Act.READ_SUPERVISION,
        Act.RECORD_PROGRESS,
        Act.MEET_MILESTONE,
        Act.REPORT_RESULT,
        Act.FILE_INTERIM,
        Act.NAME_OFFICER,
        Act.RELIEVE_OFFICER,
        Act.READ_SCREENING_TOTALS,
        Act.READ_POSTINGS,
        Act.READ_TYPICAL_CASES,
        Act.READ_STATISTICS,
    }
)

WATCHING_TOO = {
    Act.PROPOSE_BY_HAND,
    Act.ADD_TRIGGER,
    Act.NAME_OFFICER,
    Act.RELIEVE_OFFICER,
    Act.ACKNOWLEDGE_INTERIM,
    Act.SEND_BACK_INTERIM,
}
"""Supervised cases: what the bureau's keeper and the discipline departments do side by side."""

INSTRUCTING = {Act.ADD_TRIGGER, Act.NOTE_INSTRUCTION, Act.JOIN_BODY, Act.NAME_OFFICER, Act.RELIEVE_OFFICER}
"""Supervised cases: what belongs to whoever may approve one."""

CALLING_BACK = {
    Act.READ_CALL_BACKS,
    Act.TRY_CALL_BACK,
    Act.RECORD_CALL_BACK,
    Act.OPEN_RECHECK,
}
"""Closures drawn by lot: the caller's part."""

REVIEWING_LETTERS = {Act.READ_LETTERS, Act.APPROVE_LETTER, Act.SEND_BACK_LETTER, Act.CANCEL_LETTER, Act.PRINT_LETTER}
"""Official letters: what another hand than the writer's does."""

WRITING_LETTERS = REVIEWING_LETTERS | {
    Act.DRAFT_LETTER,
    Act.EDIT_LETTER,
    Act.NAME_REPORTER,
    Act.LEAVE_OUT_REPORTER,
    Act.SUBMIT_LETTER,
    Act.ISSUE_LETTER,
}
"""Official letters: of whoever keeps the ledger or handles a lead."""

PERMITTED: dict[Role, set[Act]] = {
    Role.OPERATOR: EVERYBODY | REGISTERING | GIVING_EVIDENCE | RINGING_BACK | {Act.READ_LINES, Act.TAKE_RING},
    Role.TOWN_CLERK: EVERYBODY
    | WRITING_LETTERS
    | KEEPING
    | ABOUT_A_HOUSEHOLD
    | PETITIONING
    | HANDING_ON
    | FOLLOWING_DUTIES
    | SCREENING
    | READING_SCREENING
    | POSTING
    | WATCHING_POSTINGS
    | READING_LINES
    | MENDING_LINES
    | KEEPING_REGISTERS
    | HELPING
    | READING_FINDINGS
    | TAKING_CIRCULARS
    | {Act.RECORD_EDUCATION, Act.VOID_EDUCATION, Act.TAKE_RING}
    | BEING_ANSWERABLE
    | {Act.VERIFY_FILING, Act.FILE_REPORT, Act.FILE_NIL_REPORT, Act.HAND_IN, Act.REPORT_RECTIFIED, Act.ANSWER_ACTION},
    Role.TOWN_DEPUTY: EVERYBODY
    | ABOUT_A_HOUSEHOLD
    | GRANTING_TIME
    | HANDING_ON
    | FOLLOWING_DUTIES
    | {Act.READ_TYPICAL_CASES, Act.READ_STATISTICS, Act.READ_SCREENING_TOTALS, Act.READ_SCREENING}
    | ALLOWING_FULL_EXPORTS
    | {Act.READ_POSTINGS, Act.DOWNLOAD_POSTING_PHOTO}
    | READING_LINES
    | FOLLOWING_REGISTERS
    | {Act.READ_HELP, Act.READ_MISSED}
    | READING_FINDINGS
    | TAKING_CIRCULARS
    | BEING_ANSWERABLE,
    Role.LEDGER_KEEPER: EVERYBODY
    | WRITING_LETTERS
    | KEEPING
    | ABOUT_A_HOUSEHOLD
    | PETITIONING
    | LOOKING_AGAIN
    | DECIDING_TRIAGE
    | WATCHING_TOO
    | CALLING_BACK
    | HANDING_ON
    | FOLLOWING_DUTIES
    | READING_SCREENING
    | WATCHING_POSTINGS
    | READING_LINES
    | MENDING_LINES
    | DIALLING
    | KEEPING_REGISTERS
    | HELPING
    | SEALING
    | LOOKING_AT_TOWNS
    | READING_CIRCULARS
    | WRITING_CIRCULARS
    | PROPOSING_TO_LEARN
    | KEEPING_PHRASES
    | {Act.ACCEPT_TABLE, Act.RETURN_TABLE}
    | {
        Act.CONFIRM_CORRECTION,
        Act.REFUSE_CORRECTION,
        Act.READ_PAID,
        Act.OPEN_HOUSEHOLDS,
        Act.DOWNLOAD_DAY_LIST,
        Act.READ_BACK_DAY_LIST,
        Act.TURN_INTO_LEAD,
        Act.PUBLISH_SEED,
        Act.DRAW_SAMPLE,
        Act.ACCEPT_REPORT,
        Act.RETURN_REPORT,
        Act.HAND_IN,
        Act.ACCEPT_SUBMISSION,
        Act.RETURN_SUBMISSION,
        Act.EXPORT_STATISTICS,
        Act.URGE,
        Act.RECORD_PROGRESS,
        Act.SET_MILESTONE,
        Act.SEND_BACK_RESULT,
        Act.EDIT_CALENDAR,
    },
    Role.BUREAU_LEADER: EVERYBODY
    | ABOUT_A_HOUSEHOLD
    | KEEPING_VIEWS
    | SHARING_VIEWS
    | REVIEWING_LETTERS
    | NOTING
    | DECIDING_RECUSALS
    | GRANTING_TIME
    | LOOKING_AGAIN
    | DECIDING_TRIAGE
    | INSTRUCTING
    | HANDING_ON
    | FOLLOWING_DUTIES
    | READING_LINES
    | SEALING
    | LOOKING_AT_TOWNS
    | READING_CIRCULARS
    | APPROVING_CIRCULARS
    | DECIDING_WHAT_IS_LEARNT
    | ALLOWING_FULL_EXPORTS
    | {
        Act.READ_TESTS,
        Act.RETURN_FAULT,
        Act.CONFIRM_FAULT,
        Act.PROPOSE_SEAL,
        Act.EXCUSE_DUTY,
        Act.RULE_ON_CLASH,
        Act.RECUSE,
        Act.REQUEST_RECUSAL,
        Act.READ_CALL_BACKS,
        Act.PUBLISH_SEED,
        Act.DRAW_SAMPLE,
        Act.ORDER_REOPENING,
        Act.LEAVE_CLOSED,
        Act.READ_BUNDLES,
        Act.READ_LEDGER,
        Act.READ_LEAD,
        Act.READ_REFERRALS,
        Act.REDIRECT_REFERRAL,
        Act.CONFIRM_REDIRECT,
        Act.DECLINE_REDIRECT,
        Act.APPROVE_REFERRAL,
        Act.AGREE_RETURN,
        Act.DECLINE_RETURN,
        Act.ARBITRATE,
        Act.GRANT_EXTENSION,
        Act.REFUSE_EXTENSION,
        Act.READ_SLIPS,
        Act.WITHDRAW_SLIP,
        Act.READ_SUPERVISION,
        Act.OPEN_SUPERVISION,
        Act.DECLINE_SUPERVISION,
        Act.EXTEND_SUPERVISION,
        Act.URGE,
        Act.SET_MILESTONE,
        Act.ACCEPT_RESULT,
        Act.SEND_BACK_RESULT,
        Act.RELEASE,
        Act.READ_SCREENING_TOTALS,
        Act.READ_POSTINGS,
        Act.READ_TYPICAL_CASES,
        Act.READ_STATISTICS,
        Act.EXPORT_STATISTICS,
        Act.PUBLISH_EDITION,
    },
    Role.GROUP_INSPECTOR: EVERYBODY
    | WRITING_LETTERS
    | INSPECTING
    | LIFTING
    | WATCHING_TOO
    | CALLING_BACK
    | {Act.CLEAR_NAMESAKE, Act.DECIDE_TOLERANCE, Act.UPHOLD_CLOSURE, Act.FIND_FALSE_CLOSURE},
    Role.DISTRICT_INSPECTOR: EVERYBODY
    | WRITING_LETTERS
    | INSPECTING
    | LIFTING
    | WATCHING_TOO
    | INSTRUCTING
    | CALLING_BACK
    | {
        Act.PUBLISH_SEED,
        Act.DRAW_SAMPLE,
        Act.UPHOLD_CLOSURE,
        Act.FIND_FALSE_CLOSURE,
        Act.CLEAR_NAMESAKE,
        Act.DECIDE_TOLERANCE,
        Act.ARBITRATE,
        Act.TAKE_UP,
        Act.DESIGNATE,
        Act.OPEN_SUPERVISION,
        Act.DECLINE_SUPERVISION,
        Act.EXTEND_SUPERVISION,
        Act.SET_MILESTONE,
        Act.URGE,
        Act.ACCEPT_RESULT,
        Act.SEND_BACK_RESULT,
        Act.RELEASE,
        Act.VERIFY_TRAIL,
        Act.EXPORT_STATISTICS,
    },
    Role.TOWN_INSPECTOR: EVERYBODY | WRITING_LETTERS | INSPECTING,
    Role.SYSTEM_ADMIN: EVERYBODY
    | {
        Act.READ_ROSTER,
        Act.ADMIT_OFFICER,
        Act.DISABLE_OFFICER,
        Act.START_LEAVING,
        Act.CALL_OFF_LEAVING,
        Act.ENABLE_OFFICER,
        Act.RESET_PASSWORD,
        Act.READ_STATUS,
        Act.READ_OUTBOX,
        Act.RESEND_LETTER,
        Act.EDIT_CALENDAR,
    },
    Role.SECURITY_ADMIN: EVERYBODY
    | VOUCHING_FOR_KIN
    | {
        Act.READ_ROSTER,
        Act.MOVE_OFFICER,
        Act.DISABLE_OFFICER,
        Act.START_LEAVING,
        Act.ARRANGE_LEAVE,
        Act.VERIFY_TRAIL,
        Act.READ_STATUS,
    },
    Role.AUDITOR: EVERYBODY | {Act.READ_TRAIL, Act.VERIFY_TRAIL, Act.EXPORT_TRAIL, Act.READ_STATUS, Act.READ_OUTBOX},
    Role.THIRD_PARTY: EVERYBODY | {Act.READ_FINDING, Act.READ_INSPECTIONS, Act.OPEN_HOUSEHOLDS, Act.RECORD_FINDING},
    Role.CLOCK: {
        Act.ENTER_MISSED_CALL,
        Act.LEAVE_CALL,
        Act.PROPOSE_SUPERVISION,
        Act.MOVE_SUPERVISION,
        Act.DROP_SCREENING,
        Act.PROPOSE_ROUND,
        Act.DROP_REGISTER,
        Act.COMPARE_REGISTERS,
        Act.FIND_HIT,
        Act.URGE,
        Act.EDIT_CALENDAR,
        Act.COUNT_DAYS,
        Act.PUBLISH_EDITION,
        Act.ADMIT_OFFICER,
        Act.RAISE_REFERRAL,
        Act.HAND_ON,
        Act.HAND_OVER_DIRECTLY,
        Act.SEND_COPY,
        Act.END_LIFT,
    },
}

PUBLIC = None
"""What a door says that anybody may enter: sign-in, its language switch, and health."""

SECOND_PERSON = {
    Act.REFUSE_LEAD: Act.PROPOSE_REFUSAL,
    Act.ACCEPT_SUBMISSION: Act.HAND_IN,
    Act.CONFIRM_REDIRECT: Act.REDIRECT_REFERRAL,
    Act.CHECK_APPROVAL: Act.ENTER_APPROVAL,
    Act.APPROVE_CLARIFICATION: Act.PROPOSE_CLARIFICATION,
    Act.DECIDE_TOLERANCE: Act.PROPOSE_TOLERANCE,
    Act.GRANT_EXTENSION: Act.ASK_EXTENSION,
    Act.REFUSE_EXTENSION: Act.ASK_EXTENSION,
    Act.ACCEPT_RESULT: Act.REPORT_RESULT,
    Act.RELEASE: Act.ACCEPT_RESULT,
    Act.GRANT_RECUSAL: Act.REQUEST_RECUSAL,
    Act.CONFIRM_LIFT: Act.ASK_LIFT,
    Act.GRANT_MORE_TIME: Act.ASK_MORE_TIME,
    Act.DECIDE_SECOND_LOOK: Act.DECIDE_PETITION,
    Act.DECIDE_LAST_LOOK: Act.DECIDE_SECOND_LOOK,
    Act.OPEN_SUPERVISION: Act.PROPOSE_BY_HAND,
    Act.DRAW_SAMPLE: Act.PUBLISH_SEED,
    Act.CONFIRM_CORRECTION: Act.CORRECT_POSTING_FAULT,
    Act.CONFIRM_FAULT: Act.CORRECT_FAULT,
    Act.CONFIRM_HIT: Act.HOLD_HIT_TRUE,
    Act.CLEAR_HIT: Act.HOLD_HIT_FALSE,
    Act.CONFIRM_SEAL: Act.PROPOSE_SEAL,
    Act.ALLOW_FULL_EXPORT: Act.ASK_FULL_EXPORT,
    Act.START_INSPECTION: Act.PLAN_INSPECTION,
    Act.CONFIRM_RECTIFIED: Act.RECORD_FINDING,
    Act.APPROVE_CIRCULAR: Act.SUBMIT_CIRCULAR,
    Act.CONFIRM_SUMMARY: Act.WRITE_SUMMARY,
    Act.ADOPT_IMPROVEMENT: Act.PROPOSE_IMPROVEMENT,
    Act.DECIDE_ACTION: Act.PROPOSE_ACTION,
}
"""A deed on the left must be done by somebody else than the latest deed on the right."""
