"""Who may do which deed. One deed has one name: permission, move, line of the trail and button."""

from tipline.kit.words import Labelled


class Role(Labelled):
    """What somebody is in Tipline; one officer has one role at a time."""

    OPERATOR = "operator", "热线接线员"
    TOWN_CLERK = "town-clerk", "镇民政台账员"
    TOWN_DEPUTY = "town-deputy", "镇分管领导"
    LEDGER_KEEPER = "ledger-keeper", "区局台账员"
    BUREAU_LEADER = "bureau-leader", "区局领导"
    GROUP_INSPECTOR = "group-inspector", "派驻纪检监察组人员"
    DISTRICT_INSPECTOR = "district-inspector", "区纪委监委人员"
    TOWN_INSPECTOR = "town-inspector", "镇纪委人员"
    SYSTEM_ADMIN = "system-admin", "系统管理员"
    SECURITY_ADMIN = "security-admin", "安全保密管理员"
    AUDITOR = "auditor", "审计管理员"
    THIRD_PARTY = "third-party", "第三方检查员"
    CLOCK = "clock", "系统时钟"


class Act(Labelled):
    """A deed. The stored value names it in the trail, the label is the word on the button."""

    # the office
    SIGN_IN = "session.sign-in", "登录"
    FAIL_SIGN_IN = "session.fail", "登录失败"
    SIGN_OUT = "session.sign-out", "退出登录"
    KEEP_OWN_ACCOUNT = "account.keep-own", "管理本人账号"
    READ_ROSTER = "roster.read", "查看名册"
    ADMIT_OFFICER = "roster.admit", "新增人员"
    MOVE_OFFICER = "roster.move", "调整岗位"
    DISABLE_OFFICER = "roster.disable", "停用账号"
    ENABLE_OFFICER = "roster.enable", "启用账号"
    RESET_PASSWORD = "roster.reset-password", "重置密码"
    DECLARE_KIN = "roster.declare-kin", "申报近亲属"
    CONFIRM_KIN = "roster.confirm-kin", "核实近亲属"
    DECLINE_KIN = "roster.decline-kin", "不予采用"
    # leave, substitutes and leaving (office)
    TAKE_LEAVE = "duty.take-leave", "登记休假"
    ARRANGE_LEAVE = "duty.arrange-leave", "代为登记休假"
    START_LEAVING = "leaving.start", "安排离岗交接"
    CALL_OFF_LEAVING = "leaving.call-off", "取消离岗交接"
    READ_LEAVING = "leaving.read", "查看离岗交接"
    HAND_ON = "leaving.hand-on", "转交"
    COMPLETE_LEAVING = "leaving.complete", "完成离岗交接"
    EDIT_CALENDAR = "calendar.edit", "维护工作日历"
    PUBLISH_EDITION = "edition.publish", "发布规则版本"
    READ_RULES = "edition.read", "查看规则"
    READ_STATUS = "status.read", "查看运行状态"
    READ_TRAIL = "trail.read", "查看留痕"
    VERIFY_TRAIL = "trail.verify", "核验留痕"
    EXPORT_TRAIL = "trail.export", "导出留痕"
    READ_OUTBOX = "outbox.read", "查看发件情况"
    RESEND_LETTER = "outbox.resend", "重新发送"
    # what waits
    READ_DESK = "desk.read", "查看待办"
    # the ledger
    REGISTER_LEAD = "lead.register", "登记线索"
    REGISTER_STUB = "lead.register-stub", "登记密送件"
    AMEND_LEAD = "lead.amend", "补正线索"
    VOID_LEAD = "lead.void", "作废线索"
    IMPORT_LEADS = "lead.import", "导入线索"
    READ_LEDGER = "lead.ledger", "查看台账"
    EXPORT_LEDGER = "lead.export", "导出台账"
    READ_LEAD = "lead.read", "查阅线索"
    OPEN_CONTENT = "lead.open-content", "说明理由调阅"
    READ_REPORTER = "lead.read-reporter", "查看举报人"
    CLEAR_NAMESAKE = "lead.clear-namesake", "排除同名"
    # standing aside (回避)
    RECUSE = "recusal.recuse", "本人回避"
    REQUEST_RECUSAL = "recusal.request", "申请他人回避"
    READ_RECUSALS = "recusal.read", "查看回避事项"
    GRANT_RECUSAL = "recusal.grant", "决定回避"
    DECLINE_RECUSAL = "recusal.decline", "驳回回避申请"
    ASK_LIFT = "recusal.ask-lift", "提请解除回避"
    CONFIRM_LIFT = "recusal.confirm-lift", "同意解除回避"
    DECLINE_LIFT = "recusal.decline-lift", "不同意解除回避"
    END_LIFT = "recusal.end-lift", "恢复回避"
    # whoever asks about a case or pleads in it
    RECORD_INTERVENTION = "intervention.record", "登记过问"
    READ_INTERVENTIONS = "intervention.read", "查看过问登记"
    # one person on the way to one body
    READ_REFERRALS = "referral.read", "查看办理"
    PROPOSE_REFERRAL = "referral.propose", "拟办"
    REDIRECT_REFERRAL = "referral.redirect", "改变去向"
    CONFIRM_REDIRECT = "referral.confirm-redirect", "同意改变去向"
    DECLINE_REDIRECT = "referral.decline-redirect", "不同意改变去向"
    APPROVE_REFERRAL = "referral.approve", "批办"
    HAND_OVER = "referral.hand-over", "移送"
    HAND_OVER_DIRECTLY = "referral.hand-over-directly", "直接移送"
    RECORD_RECEIPT = "referral.record-receipt", "登记回执"
    RAISE_REFERRAL = "referral.raise", "逐级上送"
    SIGN_FOR = "referral.sign-for", "签收"
    SEND_BACK = "referral.send-back", "提请退回"
    ENDORSE_RETURN = "referral.endorse-return", "批准退回"
    DROP_RETURN = "referral.drop-return", "不再退回"
    AGREE_RETURN = "referral.agree-return", "同意退回"
    DECLINE_RETURN = "referral.decline-return", "不同意退回"
    ARBITRATE = "referral.arbitrate", "裁定去向"
    RECALL = "referral.recall", "撤回移送"
    ASK_RECALL = "referral.ask-recall", "商请撤回"
    CONSENT_RECALL = "referral.consent-recall", "同意撤回"
    REFUSE_RECALL = "referral.refuse-recall", "不同意撤回"
    TAKE_UP = "referral.take-up", "提级办理"
    DESIGNATE = "referral.designate", "指定管辖"
    TELL_ACCEPTANCE = "referral.tell-acceptance", "告知受理"
    CONCLUDE = "referral.conclude", "办结"
    TELL_RESULT = "referral.tell-result", "反馈结果"
    REOPEN_REFERRAL = "referral.reopen", "重新办理"
    WITHDRAW_REFERRAL = "referral.withdraw", "撤回"
    RESTORE_REFERRAL = "referral.restore", "恢复"
    # triage (甄别)
    ASK_BACK = "lead.ask-back", "回问举报人"
    NOTE_ANSWER = "lead.note-answer", "记录答复"
    PROPOSE_REFUSAL = "lead.propose-refusal", "提请不予受理"
    REFUSE_LEAD = "lead.refuse", "决定不予受理"
    KEEP_LEAD = "lead.keep", "仍予受理"
    TELL_REFUSAL = "lead.tell-refusal", "告知不予受理"
    PASS_ON = "lead.pass-on", "转外地机关"
    RECORD_PASS_RECEIPT = "lead.record-pass-receipt", "登记外地回执"
    SEPARATE_PETITION = "lead.separate", "分出资格申诉"
    CONVERT_LEAD = "lead.convert", "转为资格复核"
    ARCHIVE_LEAD = "lead.archive", "归档"
    REOPEN_LEAD = "lead.reopen", "重启"
    # what came of it, person by person
    READ_OUTCOMES = "outcome.read", "查看查办结果"
    RECORD_OUTCOME = "outcome.record", "填写结果单"
    ENTER_APPROVAL = "outcome.enter-approval", "登记诬告认定批准"
    CHECK_APPROVAL = "outcome.check-approval", "核对诬告认定批准"
    DECLINE_APPROVAL = "outcome.decline-approval", "不予采用批准文书"
    PROPOSE_CLARIFICATION = "clarification.propose", "提请澄清正名"
    APPROVE_CLARIFICATION = "clarification.approve", "批准澄清正名"
    DECLINE_CLARIFICATION = "clarification.decline", "不予澄清正名"
    FINISH_CLARIFICATION = "clarification.finish", "登记已澄清"
    READ_TOLERANCE = "tolerance.read", "查看容错纠错"
    PROPOSE_TOLERANCE = "tolerance.propose", "提请容错纠错"
    DECIDE_TOLERANCE = "tolerance.decide", "决定容错纠错"
    MEET_CORRECTION = "tolerance.meet-correction", "登记已纠正"
    # bundles (并案)
    READ_BUNDLES = "bundle.read", "查看并案"
    COMPARE_LEADS = "bundle.compare", "比对线索"
    BUNDLE_LEADS = "bundle.make", "并案"
    JOIN_BUNDLE = "bundle.join", "并入"
    UNDO_BUNDLE = "bundle.undo", "拆分并案"
    MARK_REPEAT = "lead.mark-repeat", "认定重复件"
    UNMARK_REPEAT = "lead.unmark-repeat", "撤销重复认定"
    LINK_LEADS = "lead.link", "关联"
    UNLINK_LEADS = "lead.unlink", "解除关联"
    # inside the handling body, and beside it
    SET_DISPOSITION = "referral.set-disposition", "确定处置方式"
    SHELVE = "referral.shelve", "暂存待查"
    KEEP_SHELVED = "referral.keep-shelved", "继续暂存"
    FILE_CASE = "referral.file-case", "立案"
    RECORD_MILESTONE = "referral.record-milestone", "记录进展"
    ASK_EXTENSION = "extension.ask", "申请延期"
    GRANT_EXTENSION = "extension.grant", "批准延期"
    REFUSE_EXTENSION = "extension.refuse", "不予延期"
    READ_SLIPS = "slip.read", "查看协办抄送"
    SEND_COPY = "slip.copy", "抄送"
    ENGAGE_HELPER = "slip.engage", "商请协办"
    SIGN_SLIP = "slip.sign", "签收协办抄送"
    RECORD_SLIP_RECEIPT = "slip.record-receipt", "登记协办抄送回执"
    ANSWER_SLIP = "slip.answer", "答复协办"
    WITHDRAW_SLIP = "slip.withdraw", "收回协办抄送"
    # supervised cases
    READ_SUPERVISION = "supervision.read", "查看督办"
    PROPOSE_SUPERVISION = "supervision.propose", "提请督办"
    OPEN_SUPERVISION = "supervision.open", "批准督办"
    DECLINE_SUPERVISION = "supervision.decline", "不予督办"
    RECORD_PROGRESS = "supervision.record-progress", "记录督办进展"
    SET_MILESTONE = "supervision.set-milestone", "设定节点"
    MEET_MILESTONE = "supervision.meet-milestone", "完成节点"
    URGE = "supervision.urge", "催办"
    REPORT_RESULT = "supervision.report-result", "报送督办结果"
    SEND_BACK_RESULT = "supervision.send-back-result", "退回补充"
    ACCEPT_RESULT = "supervision.accept-result", "认可结果"
    RELEASE = "supervision.release", "解除督办"
    PROPOSE_BY_HAND = "supervision.propose-by-hand", "人工提请督办"
    ADD_TRIGGER = "supervision.add-trigger", "增加督办情形"
    NOTE_INSTRUCTION = "supervision.note-instruction", "登记批示"
    JOIN_BODY = "supervision.join-body", "增加联合督办单位"
    NAME_OFFICER = "supervision.name-officer", "确定责任人"
    RELIEVE_OFFICER = "supervision.relieve-officer", "解除责任人"
    FILE_INTERIM = "supervision.file-interim", "报送阶段情况"
    ACKNOWLEDGE_INTERIM = "supervision.acknowledge-interim", "认可阶段情况"
    SEND_BACK_INTERIM = "supervision.send-back-interim", "退回阶段情况"
    EXTEND_SUPERVISION = "supervision.extend", "批准延长督办期限"
    MOVE_SUPERVISION = "supervision.move", "变更承办机关"
    # call-backs on closures drawn by lot
    READ_CALL_BACKS = "sampling.read", "查看抽查回访"
    PUBLISH_SEED = "sampling.publish-seed", "公布抽样种子"
    DRAW_SAMPLE = "sampling.draw", "抽取样本"
    TRY_CALL_BACK = "sampling.try", "记录未接通"
    RECORD_CALL_BACK = "sampling.record", "记录回访"
    OPEN_RECHECK = "sampling.open-recheck", "提请复查"
    UPHOLD_CLOSURE = "sampling.uphold", "复查属实"
    FIND_FALSE_CLOSURE = "sampling.find-false", "认定虚假办结"
    ORDER_REOPENING = "sampling.order-reopening", "责成重新办理"
    LEAVE_CLOSED = "sampling.leave-closed", "不重新办理"
    # evidence: attachments and recordings of a lead
    READ_EVIDENCE = "evidence.read", "查看材料"
    ATTACH_EVIDENCE = "evidence.attach", "添加附件"
    NOTE_RECORDING = "evidence.note-recording", "登记录音"
    DOWNLOAD_EVIDENCE = "evidence.download", "下载"
    DOWNLOAD_ORIGINAL = "evidence.download-original", "调取原件"
    MARK_EVIDENCE = "evidence.mark", "确定随附人员"
    VERIFY_EVIDENCE = "evidence.verify", "核验材料"
    VOID_EVIDENCE = "evidence.void", "材料作废"
    # typical cases
    READ_TYPICAL_CASES = "typical-case.read", "查看典型案例"
    FILE_REPORT = "typical-case.file-report", "报送典型案例"
    FILE_NIL_REPORT = "typical-case.file-nil", "零报告"
    ACCEPT_REPORT = "typical-case.accept-report", "接收月报"
    RETURN_REPORT = "typical-case.return-report", "退回月报"
    # duties of the notice, and what is handed in for them
    READ_DUTIES = "submission.read", "查看报送任务"
    HAND_IN = "submission.hand-in", "报送"
    ACCEPT_SUBMISSION = "submission.accept", "接收报送件"
    RETURN_SUBMISSION = "submission.return", "退回报送件"
    EXCUSE_DUTY = "submission.excuse", "同意免报"
    RULE_ON_CLASH = "submission.rule", "裁定时限矛盾"
    DOWNLOAD_SUBMISSION = "submission.download", "下载报送件"
    RENEW_FEED = "submission.renew-feed", "换发订阅地址"
    # screening tables (排查)
    READ_SCREENING_TOTALS = "screening.totals", "查看排查汇总"
    READ_SCREENING = "screening.read", "查看排查表"
    UPLOAD_SCREENING = "screening.upload", "上传排查表"
    IMPORT_SCREENING = "screening.import", "确认导入"
    DROP_SCREENING = "screening.drop", "放弃导入"
    AMEND_SCREENING = "screening.amend", "修改排查记录"
    CHECK_STEP = "screening.check-step", "登记步骤材料"
    REVEAL_IDENTITY = "screening.reveal", "查看身份证号"
    EXPORT_SCREENING = "screening.export", "导出排查表"
    # postings (长期公示), and what is wrong with them
    READ_POSTINGS = "posting.read", "查看公示"
    RECORD_POSTING = "posting.record", "登记公示"
    RECORD_WRONG_POSTING = "posting.record-wrong", "照实登记问题公示"
    ADD_POSTING_PHOTO = "posting.add-photo", "添加公示照片"
    DOWNLOAD_POSTING_PHOTO = "posting.download-photo", "下载公示照片"
    PRINT_POSTING = "posting.print", "打印公示单"
    EXPORT_POSTING = "posting.export", "导出公示单"
    NOTE_POSTING_FAULT = "posting-fault.note", "记为公示问题"
    CORRECT_POSTING_FAULT = "posting-fault.correct", "报告已改正"
    CONFIRM_CORRECTION = "posting-fault.confirm", "确认已改正"
    REFUSE_CORRECTION = "posting-fault.refuse", "退回再改"
    # published telephone numbers (举报电话)
    READ_LINES = "hotline-line.read", "查看举报电话"
    ADD_LINE = "hotline-line.add", "登记举报电话"
    AMEND_LINE = "hotline-line.amend", "变更登记"
    END_LINE = "hotline-line.end", "停用"
    NOTE_PROOF = "hotline-line.note-proof", "登记公开凭证"
    DOWNLOAD_PROOF = "hotline-line.download-proof", "下载公开凭证"
    READ_TESTS = "dial-test.read", "查看拨测"
    PROPOSE_ROUND = "test-round.propose", "提出拨测"
    DRAW_ROUND = "test-round.draw", "抽取拨测号码"
    ORDER_TEST = "dial-test.order", "安排拨测"
    RECORD_TEST = "dial-test.record", "登记拨测结果"
    DROP_TEST = "dial-test.drop", "取消拨测"
    NOTE_FAULT = "line-fault.note", "认定线路问题"
    CORRECT_FAULT = "line-fault.correct", "登记整改情况"
    RETURN_FAULT = "line-fault.return", "没有改好，退回"
    CONFIRM_FAULT = "line-fault.confirm", "确认已整改"
    READ_MISSED_CALLS = "missed-call.read", "查看未接来电"
    ENTER_MISSED_CALL = "missed-call.enter", "登记未接来电"
    IMPORT_MISSED_CALLS = "missed-call.import", "导入来电清单"
    SEE_CALLER = "missed-call.see-caller", "查看来电号码"
    TRY_RING_BACK = "missed-call.try", "回拨未接通"
    RING_BACK = "missed-call.ring-back", "登记回拨结果"
    LEAVE_CALL = "missed-call.leave", "不再回拨"
    # registers of relatives, paid and vulnerable persons; what their comparison with the tables finds
    READ_REGISTERS = "register.read", "查看备案与名单"
    READ_FILINGS = "register.read-filings", "查看近亲属备案"
    READ_PAID = "register.read-paid", "查看供养人员名单"
    READ_KIN = "register.read-kin", "查看干部近亲属名单"
    READ_HELP = "register.read-help", "查看困难群众名单"
    UPLOAD_REGISTER = "register.upload", "上传名单"
    IMPORT_REGISTER = "register.import", "确认导入名单"
    DROP_REGISTER = "register.drop", "放弃导入名单"
    AMEND_REGISTER = "register.amend", "登记、修改"
    VERIFY_FILING = "register.verify", "年度核实"
    REVEAL_LISTED = "register.reveal", "查看全部号码"
    EXPORT_REGISTER = "register.export", "导出名单"
    READ_HITS = "register-hit.read", "查看比对结果"
    COMPARE_REGISTERS = "register-hit.compare", "比对"
    FIND_HIT = "register-hit.find", "比对命中"
    HOLD_HIT_TRUE = "register-hit.hold-true", "初核属实"
    HOLD_HIT_FALSE = "register-hit.hold-false", "初核不属实"
    CONFIRM_HIT = "register-hit.confirm", "复核属实"
    CLEAR_HIT = "register-hit.clear", "复核排除"
    SEND_BACK_HIT = "register-hit.send-back", "退回重核"
    RAISE_HIT = "register-hit.raise", "比对转为线索"
    READ_MISSED = "help-visit.read", "查看疑似漏保"
    VISIT_MISSED = "help-visit.record", "登记走访"
    # inspections (调研督查): a visit, what it found, and what was put right
    READ_INSPECTIONS = "inspection.read", "查看督查"
    PLAN_INSPECTION = "inspection.plan", "拟定督查"
    START_INSPECTION = "inspection.start", "批准督查并抽村"
    CALL_OFF_INSPECTION = "inspection.call-off", "取消督查"
    FINISH_INSPECTION = "inspection.finish", "结束督查"
    OPEN_HOUSEHOLDS = "inspection.households", "查看走访名单"
    DOWNLOAD_DAY_LIST = "inspection.day-list", "下载走访名单"
    READ_BACK_DAY_LIST = "inspection.read-back", "读回走访名单"
    READ_FINDING = "finding.read", "查看督查问题"
    RECORD_FINDING = "finding.record", "登记督查问题"
    NOTE_STYLE_PROBLEM = "finding.note-style", "另记作风问题"
    TURN_INTO_LEAD = "finding.into-lead", "转为线索"
    DEMAND_RECTIFICATION = "finding.demand", "责令整改"
    CORRECT_ON_SPOT = "finding.on-spot", "立查立纠"
    LET_FINDING_REST = "finding.rest", "不作整改"
    REPORT_RECTIFIED = "finding.rectified", "报告整改完成"
    CONFIRM_RECTIFIED = "finding.confirm", "核实销号"
    SEND_BACK_RECTIFIED = "finding.send-back", "退回整改"
    DOWNLOAD_FINDING_FILE = "finding.download", "下载佐证"
    # eligibility: is this household entitled?
    READ_REVIEWS = "review.read", "查看资格复核"
    OPEN_REVIEW = "review.open", "开立资格复核"
    ACCEPT_PETITION = "review.accept", "受理申诉"
    REFUSE_PETITION = "review.refuse", "不予受理申诉"
    FORWARD_PETITION = "review.forward", "转送申诉"
    OBJECT_TO_FORWARD = "review.object", "提出异议"
    AGREE_OBJECTION = "review.agree-objection", "同意异议"
    DECLINE_OBJECTION = "review.decline-objection", "不同意异议"
    TELL_PETITIONER = "review.tell-petitioner", "书面告知信访人"
    START_CHECKS = "review.start-checks", "开始核查"
    RECORD_CHECK = "review.record-check", "记录核查"
    ASK_MORE_TIME = "review.ask-more-time", "申请延长办理"
    GRANT_MORE_TIME = "review.grant-more-time", "批准延长办理"
    REFUSE_MORE_TIME = "review.refuse-more-time", "不批准延长办理"
    TELL_MORE_TIME = "review.tell-more-time", "告知延长理由"
    DECIDE_PETITION = "review.decide", "作出处理意见"
    EXECUTE_DECISION = "review.execute", "执行处理意见"
    DELIVER_ANSWER = "review.deliver-answer", "送达答复"
    ASK_SECOND_LOOK = "review.ask-second-look", "登记复查请求"
    DECIDE_SECOND_LOOK = "review.decide-second-look", "作出复查意见"
    ASK_LAST_LOOK = "review.ask-last-look", "登记复核请求"
    RECORD_HEARING = "review.record-hearing", "登记听证"
    DECIDE_LAST_LOOK = "review.decide-last-look", "作出复核意见"
    CLOSE_REVIEW = "review.close", "结案"
    # official letters
    READ_LETTERS = "official-letter.read", "查看公函"
    DRAFT_LETTER = "official-letter.draft", "起草公函"
    EDIT_LETTER = "official-letter.edit", "修改文稿"
    NAME_REPORTER = "official-letter.name-reporter", "写入举报人身份"
    LEAVE_OUT_REPORTER = "official-letter.leave-out-reporter", "不写举报人身份"
    SUBMIT_LETTER = "official-letter.submit", "送审"
    APPROVE_LETTER = "official-letter.approve", "签批"
    SEND_BACK_LETTER = "official-letter.send-back", "退改"
    ISSUE_LETTER = "official-letter.issue", "印发"
    CANCEL_LETTER = "official-letter.cancel", "作废公函"
    PRINT_LETTER = "official-letter.print", "打印公函"
    # figures
    READ_STATISTICS = "statistics.read", "查看统计"
    EXPORT_STATISTICS = "statistics.export", "导出统计"
    # the month's figures sealed (封账)
    PROPOSE_SEAL = "statistics.propose-seal", "提请封账"
    CONFIRM_SEAL = "statistics.confirm-seal", "确认封账"
    DECLINE_SEAL = "statistics.decline-seal", "不予封账"
    CORRECT_SEALED = "statistics.correct", "登记更正"
    # checklists
    CHECK_ITEM = "checklist.check", "填写核查清单"
    # notes beside a paper
    WRITE_NOTE = "note.write", "写备注"
    WATCH = "note.watch", "关注"
    UNWATCH = "note.unwatch", "取消关注"
    ASK_TO_WATCH = "note.ask-to-watch", "请同事关注"
    # word to the reporter and from the reporter
    WRITE_WORD = "word.write", "给举报人留话"
    LOOK_UP_CODE = "word.look-up", "凭码查询"
    PASS_ON_WORD = "word.pass-on", "已转告"
    TAKE_ADDITION = "word.take-addition", "记录补充"
    SEE_ADDITION = "word.see-addition", "补充已阅"
    NOTE_OBJECTION = "objection.note", "登记异议"
    UPHOLD_OBJECTION = "objection.uphold", "采纳异议"
    ANSWER_OBJECTION = "objection.answer", "答复异议"
    RECORD_CHECK_IN = "check-in.record", "回访实名举报人"
    RAISE_RETALIATION = "check-in.raise", "登记打击报复"
    # rehearsal
    MOVE_DATE = "rehearsal.move-date", "推进演练日期"


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

REGISTERING = ANSWERING | {
    Act.REGISTER_LEAD,
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
}
"""Of the own town's table alone."""

SEALING = {Act.CONFIRM_SEAL, Act.DECLINE_SEAL, Act.CORRECT_SEALED}
"""Of the month's figures; a leader asks for it, and another person confirms."""

READING_SCREENING = {
    Act.READ_SCREENING_TOTALS,
    Act.READ_SCREENING,
    Act.REVEAL_IDENTITY,
    Act.EXPORT_SCREENING,
}
"""A town its own; the bureau all, with the words about people masked."""

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
    | HOLDING_EVIDENCE
    | NOTING
    | BESIDE
    | TRIAGING
    | BUNDLING
    | {
        Act.RECORD_INTERVENTION,
        Act.AMEND_LEAD,
        Act.VOID_LEAD,
        Act.IMPORT_LEADS,
        Act.EXPORT_LEDGER,
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

FOLLOWING_DUTIES = {Act.READ_DUTIES, Act.DOWNLOAD_SUBMISSION, Act.RENEW_FEED}
"""Duties of the notice: of whoever owes them, takes them or watches over them."""

INSPECTING = (
    REGISTERING
    | {Act.CHECK_ITEM}
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
    Role.OPERATOR: EVERYBODY | REGISTERING | GIVING_EVIDENCE | RINGING_BACK | {Act.READ_LINES},
    Role.TOWN_CLERK: EVERYBODY
    | WRITING_LETTERS
    | KEEPING
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
    | {Act.VERIFY_FILING, Act.FILE_REPORT, Act.FILE_NIL_REPORT, Act.HAND_IN, Act.REPORT_RECTIFIED},
    Role.TOWN_DEPUTY: EVERYBODY
    | GRANTING_TIME
    | HANDING_ON
    | FOLLOWING_DUTIES
    | {Act.READ_TYPICAL_CASES, Act.READ_STATISTICS, Act.READ_SCREENING_TOTALS, Act.READ_SCREENING}
    | {Act.READ_POSTINGS, Act.DOWNLOAD_POSTING_PHOTO}
    | READING_LINES
    | FOLLOWING_REGISTERS
    | {Act.READ_HELP, Act.READ_MISSED}
    | READING_FINDINGS,
    Role.LEDGER_KEEPER: EVERYBODY
    | WRITING_LETTERS
    | KEEPING
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
        Act.PROPOSE_SUPERVISION,
        Act.MOVE_SUPERVISION,
        Act.DROP_SCREENING,
        Act.PROPOSE_ROUND,
        Act.DROP_REGISTER,
        Act.COMPARE_REGISTERS,
        Act.FIND_HIT,
        Act.URGE,
        Act.EDIT_CALENDAR,
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
    Act.START_INSPECTION: Act.PLAN_INSPECTION,
    Act.CONFIRM_RECTIFIED: Act.RECORD_FINDING,
}
"""A deed on the left must be done by somebody else than the latest deed on the right."""

TOWN_ROLES = {Role.TOWN_CLERK, Role.TOWN_DEPUTY, Role.TOWN_INSPECTOR}
INSPECTORS = {Role.GROUP_INSPECTOR, Role.DISTRICT_INSPECTOR, Role.TOWN_INSPECTOR}
ADMINISTRATORS = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}
"""The three administrators: machinery, rights and traces; none has a content cell."""
