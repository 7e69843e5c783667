import pytest

from monitor.derivation.parties.subjects import assigned_within, subject_of
from monitor.derivation.wording import wording


def subject(text):
    words = wording(text)
    found = subject_of(words.plain, *words.statements[0].clauses[0])
    return found.names if found else None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("各单位于10月20日前报送名单", ("各单位",)),
        ("县级以上人民政府应急管理部门应当会同有关部门进行调查", ("县级以上人民政府应急管理部门",)),
        ("各牵头单位梳理汇总后于每月24日前报区政府", ("各牵头单位",)),
        ("区防指收到成员单位的报告后1小时内报告", ("区防指",)),
        ("政府信息公开工作机构应当于收到申请的当日确认", ("政府信息公开工作机构",)),
        ("村民委员会、村民小组每年年终应全面核算", ("村民委员会", "村民小组")),
        ("规划组织编制机关应当组织评估", ("规划组织编制机关",)),
        ("受理申请的县（市、区）主管部门应当作出决定", ("受理申请的县（市、区）主管部门",)),
        ("由区审批局负责汇总", ("区审批局",)),
        ("经营者应当每半年检测一次", ("经营者",)),
        ("从业人员应当每年进行健康检查", ("从业人员",)),
        ("旅客运输服务经营人停业的", ("旅客运输服务经营人",)),
    ],
)
def test_subjects(text, names):
    assert subject(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "年底向区委主要负责人报告",
        "原则上于6月底前完成",
        "应当自收到之日起办理",
        "迎接上级财政部门的核查",
        "重要信息应在30分钟内上报",
        "推行林地所有权改革",
    ],
)
def test_clauses_without_subject(text):
    assert subject(text) is None


def test_on_whom_an_act_is_laid():
    text = "市政府应当责成财政部门、审计部门在会议前提交报告"
    assert assigned_within(text, 0, len(text)).names == ("财政部门", "审计部门")
