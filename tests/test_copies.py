"""What circulates counts once: copied texts and passages are told from what offices wrote by themselves."""

from __future__ import annotations

import pytest
from conftest import own_library, write_tree

from phrasebank.bank import Bank
from phrasebank.mine import mine

OWN = {
    "甲_2019.txt": "在防汛会上的讲话\n同志们：\n"
    "要把河堤上的险段一处一处查清，查到哪里就修到哪里，修一段验一段，验收的人要在本子上写下名字。\n"
    "各村要把巡堤的班次排到每一天，夜里两个人一班，带上手电和铜锣，看见渗水就敲锣，听见锣声附近的人都要上堤。\n",
    "乙_2021.txt": "在修路会上的讲话\n同志们：\n"
    "要把村口到学校的那一段土路先铺上石子，再等天晴了压实，让孩子们在开学以前走上一条不沾泥的路。\n"
    "铺路的石子由采石场按成本价送来，账目贴在村口，谁家出了几天工也一样贴出来，年底在村民会上念给大家听。\n",
}
COPY = OWN["甲_2019.txt"].replace("铜锣", "哨子").replace("手电", "马灯")
LIFTED = OWN["乙_2021.txt"] + OWN["甲_2019.txt"].splitlines()[2] + "\n" + (
    "砌墙的砖要码得横平竖直，砂浆要当天拌当天用，头一层砌好了等它干透再砌第二层，谁家的墙歪了谁家自己拆了重来。\n"
    "院子里的水要引到沟里去，沟要通到塘里去，塘边种上柳树，夏天里老人有个歇凉的地方，孩子们也有个捉知了的去处。\n"
)


@pytest.fixture
def mined(tmp_path):
    def run(files):
        folder = write_tree(tmp_path, {f"稿/{name}": text for name, text in files.items()}) / "稿"
        report = mine([folder], tmp_path / "bank.db", own_library().lexicon(), base=folder)
        return report, Bank(tmp_path / "bank.db")

    return run


def starting(bank, words):
    (phrase,) = (p for p in bank.matching((), 100) if p.text.startswith(words))
    return phrase


def test_a_copied_text_counts_once(mined):
    """The same speech under another name, a few words changed, is a copy of the older one."""
    report, bank = mined({**OWN, "丙_2020.txt": COPY})
    assert report.copies == 1
    assert {d.file: d.copy_of for d in bank.contents().documents if d.copy_of} == {"丙_2020.txt": "甲_2019.txt"}
    phrase = starting(bank, "要把河堤上的险段")
    assert (phrase.documents, phrase.copies, phrase.count) == (1, 1, 2)
    assert {source.file for source in phrase.sources} == {"甲_2019.txt", "丙_2020.txt"}


def test_a_lifted_passage_counts_once(mined):
    """A paragraph of one speech inside another is a copy too, the rest of that speech is not."""
    report, bank = mined({"甲_2019.txt": OWN["甲_2019.txt"], "丁_2022.txt": LIFTED})
    assert report.copies == 0
    assert (starting(bank, "要把河堤上的险段").documents, starting(bank, "要把河堤上的险段").copies) == (1, 1)
    assert (starting(bank, "要把村口到学校").documents, starting(bank, "要把村口到学校").copies) == (1, 0)


def test_wording_changed_in_a_copy_is_folded(mined):
    """A sentence of the copy that differs by a word is no second phrase; its id still leads to the first."""
    report, bank = mined({**OWN, "丙_2020.txt": COPY})
    assert report.folded == 1
    found = [p for p in bank.matching((), 100) if p.text.startswith("各村要把巡堤的班次")]
    assert [(p.count, p.documents, p.copies) for p in found] == [(2, 1, 1)]


def test_what_two_offices_say_alike_is_no_copy(mined):
    """A short standing phrase in two speeches is two documents' own."""
    line = "请大家说到做到，抓紧去办。\n"
    _, bank = mined({name: text + line for name, text in OWN.items()})
    phrase = starting(bank, "请大家说到做到")
    assert (phrase.documents, phrase.copies) == (2, 0)


def test_the_years_of_a_phrase_are_those_of_its_files(mined):
    """First and last year come from the files it stands in."""
    _, bank = mined({**OWN, "丙_2020.txt": COPY})
    assert starting(bank, "要把河堤上的险段").years == (2019, 2020)
    assert {d.file: d.year for d in bank.contents().documents} == {"甲_2019.txt": 2019, "乙_2021.txt": 2021, "丙_2020.txt": 2020}
