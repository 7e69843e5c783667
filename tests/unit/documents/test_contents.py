from monitor.documents.contents import entries, is_entry_end

PAGE = [
    (1, "【县人民政府文件】"),
    (2, "1、某县关于植树的通知"),
    (3, "(某政发〔2023〕2号)..... (1)"),
    (4, "2、某县关于防汛抗旱"),
    (5, "工作的通知………… 14"),
    (6, "大事记..... (20)"),
]


def test_entries_have_number_title_and_lines():
    assert [(e.number, e.heading, e.text.lines) for e in entries(PAGE, "目录")] == [
        ("1", "某县关于植树的通知", (2, 3)),
        ("2", "某县关于防汛抗旱工作的通知", (4, 5)),
        ("", "大事记", (6,)),
    ]


def test_dots_and_page_end_an_entry():
    assert is_entry_end("总则……………………1")
    assert is_entry_end("(某政发〔2023〕2号)..... (1)")
    assert not is_entry_end("请按时报送……")
