import pytest

from monitor.derivation.parties.names import clean, is_name, is_whole_name, part


@pytest.mark.parametrize(
    "words",
    [
        "区财政局",
        "各街道办事处",
        "市生态环境局某分局",
        "考核工作领导小组",
        "第三方",
        "县级以上人民政府部门",
        "“一府两院”办事机构",
        "各地",
        "综合协调组",
    ],
)
def test_names(words):
    assert is_whole_name(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "组织",
        "加强组织领导",
        "督促各部门",
        "工作大局",
        "为民服务中心大局",
        "落到实处",
        "全区",
        "向区财政局",
        "农村",
        "8个单位",
    ],
)
def test_what_names_nobody(words):
    assert not is_whole_name(words)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("各部门、各单位", ("各部门", "各单位")),
        ("市财政、发展计划、税务等部门", ("市财政、发展计划、税务等部门",)),
        ("区委、区政府主要负责人", ("区委、区政府主要负责人",)),
        ("林业管理部门、重点林场、景点等经营单位", ("林业管理部门", "重点林场", "景点等经营单位")),
        ("区农业农村和水务局", ("区农业农村和水务局",)),
        ("区住房和城乡建设局、区财政局和区审计局", ("区住房和城乡建设局", "区财政局", "区审计局")),
        ("区综合执法局 区环境卫生管理站", ("区综合执法局", "区环境卫生管理站")),
        ("市生态环境局 河口分局", ("市生态环境局 河口分局",)),
        ("任何单位和个人", ("任何单位和个人",)),
        ("乡镇人民政府，以及自然保护区管理机构", ("乡镇人民政府", "自然保护区管理机构")),
        ("", ()),
    ],
)
def test_lists_are_parted_between_names_only(words, names):
    assert part(words) == names


def test_honours_and_particles_are_no_part_of_a_name():
    assert clean("由王某同志") == "王某"
    assert clean("，经营者 ") == "经营者"


def test_short_endings_make_names():
    assert is_name("某镇")
    assert not is_name("我市")
