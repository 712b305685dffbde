"""The first day on the desk, in three sentences: what is yours to do, where it begins, and how to find the rest."""

from tipline.kit.words import Sentence
from tipline.office.charter import Role

WHERE = Sentence("最上面的框里打页面名称的头几个字或拼音首字母就能去；按“?”看快捷键，左栏没有的就是您的岗位不用。")

TOURS: dict[Role, tuple[Sentence, Sentence]] = {
    Role.OPERATOR: (
        Sentence("您接电话：把来电人的话登记成线索，念两遍查询码。"),
        Sentence("按“N”开登记单，先问要不要保密，再问反映谁，最后问什么事；写的时候不用保存。"),
    ),
    Role.TOWN_CLERK: (
        Sentence("您登记本镇的线索，并把本镇该报的报上来。"),
        Sentence("欠什么、哪天到期都在这一页，按右边的按钮就到该办的地方；整月的在“报送任务”。"),
    ),
    Role.TOWN_DEPUTY: (
        Sentence("您分管本镇的报送：经办人没有报的，会提醒到您。"),
        Sentence("这一页列着等您的事；本镇各项任务的状况在“报送任务”。"),
    ),
    Role.LEDGER_KEEPER: (
        Sentence("您管台账：批办去向、移送承办机关、催办，并收各镇报来的材料。"),
        Sentence("从这一页最上面一行做起，先看去向和理由，再批办、移送；移送以后只看得到进度。"),
    ),
    Role.BUREAU_LEADER: (
        Sentence("您批办、裁定、批准督办，并看每月的月报。"),
        Sentence("等您决定的都在这一页；一个月的全部在“统计”，点开每个数字就是它的明细。"),
    ),
    Role.GROUP_INSPECTOR: (
        Sentence("您办理移送到本机关的线索：签收、处置、办结，实名的反馈结果。"),
        Sentence("最急的在最上面，打开就能签收；要回避的，在线索页上按“本人回避”。"),
    ),
    Role.SYSTEM_ADMIN: (
        Sentence("您管名册、工作日历和机器，看不到任何线索的内容。"),
        Sentence("从“管理”进去；页面最上面出现红条，就是机器有事等您处理。"),
    ),
    Role.SECURITY_ADMIN: (
        Sentence("您管岗位和近亲属申报：新增的人经您定岗才能登录。"),
        Sentence("从“管理”进去，先看名册上有谁等待定岗。"),
    ),
    Role.AUDITOR: (
        Sentence("您核验留痕：每一步谁在什么时候做的，一行也不能少、不能改。"),
        Sentence("进“留痕”，按“核验留痕”；导出的文件在没有本系统的电脑上也能核验。"),
    ),
    Role.THIRD_PARTY: (
        Sentence("您受委托下去走访，只看得到派给您的督查。"),
        Sentence("进“督查”下载走访名单，走访完把发现的问题登记回来。"),
    ),
}
TOURS |= dict.fromkeys((Role.DISTRICT_INSPECTOR, Role.TOWN_INSPECTOR), TOURS[Role.GROUP_INSPECTOR])


def tour(role: Role) -> list[Sentence]:
    """Three sentences for a role; none for the clock, which has no first day."""
    return [*TOURS[role], WHERE] if role in TOURS else []
