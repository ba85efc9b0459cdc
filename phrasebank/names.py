"""What belongs to one text alone: places, bodies, people, figures, dates, projects, documents, events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from phrasebank.gazetteer import PROVINCE_SIGNS, find_places, full_names, is_ordinary

Found = tuple[int, int, str]
"""Start, end and kind (place, org, person, number, date, project, document, event)."""

_DIGITS = r"\d[\d,，.．]*\d|\d"
_UNIT = (
    "个百分点|百分点|亿元|万元|元|亿|万|平方公里|平方米|立方米|公里|千米|公顷|公斤|千克|吨|亩|米|户"
    "|人次|人|名|家|个|项|件|条|篇|处|所|座|场次|场|次|"
    "期|批次|批|类|种|台|辆|套|间|栋|张|份|支|位|天|小时|分钟|岁|倍|成|千瓦时|千瓦|度|站|课时|册|本|字|里|斤|对|只|头|棵|株"
)
_ARABIC = re.compile(
    rf"(?<![A-Za-z\d.第])(?:{_DIGITS})\s?(?:余|多)?(?:[%％‰]|(?:[百千万亿]{{1,2}})?(?:余|多)?(?:{_UNIT})?)"
    r"(?:县[（(]市、区[）)]|地市|行政村|自然村|乡镇|街道|社区|村|县|镇|市|省|国家)?"
)
_HAN_NUMBER = re.compile(
    rf"(?:(?:超过|突破|近|约|超|逾|达到?)(?=[百千万亿十])|[一二两三四五六七八九几数](?=[百千万亿十])|(?=十[余多一二三四五六七八九]))"
    rf"[百千万亿十](?:[一二三四五六七八九零〇]?[十百千万亿]|[一二三四五六七八九]){{0,6}}(?:余|多)?(?:{_UNIT})"
    r"|百分之[一二三四五六七八九十百零点]{1,8}|[一二两三四五六七八九]{1,2}成(?=以上|的)|[一二三四五六七八九]分之[一二三四]"
)
_NOT_NUMBER = re.compile(
    r"千家万户|百年|万家|千万家|千人千面|万人心|十个指头|十分|万一|千里|万里|万次|百倍|十位|千次|百次"
    r"|万分|百花|百业|万件事|十成|千千万"
)
_DATE = re.compile(
    r"(?:19|20)\d{2}\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|(?:上|下)半年|[一二三四]季度"
    r"|年?[底初末])?|\d{1,2}\s?月\s?\d{1,2}\s?日|(?<!\d)\d{1,2}月份?"
    r"|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|[二一][〇○零九][〇○零一二三四五六七八九]{2}年"
    r"|(?:今|去|明|前|本|当)年(?:以来|底|初|上半年|下半年)?|(?:今|昨|明)天(?:上午|下午)?|(?:上|本|下)(?:个?月|周)|近日|日前|"
    r"(?:近|过去|最近)?(?:\d{1,3}|[二三四五六七八九]?十[一二三四五六七八九]?"
    r"|[一二两三四五六七八九])(?:多|余)?年(?:间|前|后|里)|(?:\d{1,3}"
    r"|[二三四五六七八九]?十[一二三四五六七八九]?)(?:多|余)?年(?!级|代|轻|第|期|计|度)"
)
_PERIOD = re.compile(r"(?:^|(?<=[。！？；，,;：:]))[一-鿿]{2,10}?(?:工作)?(?:前期|初期)(?=[，,])")
_DOCUMENT = re.compile(r"《[^《》\n]{1,60}》(?:[（(](?:试行|草案|修订)[）)])?")
_PROJECT = re.compile(
    r"“[^“”\n]{1,14}”(?:[一-鿿]{0,4}(?:工程|行动|计划|项目|模式|经验|机制|活动|专项|改革|平台|品牌"
    r"|建设))|“[^“”\n]{1,12}(?:工程|经验|行动|计划|模式|革命|项目)”"
)
_PROJECTS = re.compile(
    r"[一-鿿]{2,8}(?:、[一-鿿]{2,8})+(?=等[一-鿿]{0,4}(?:活动|项目|工程|行动|品牌))"
    r"|(?<=如[：:])[一-鿿]{2,8}(?:、[一-鿿]{2,8}){2,}(?=等)"
)
"""Programmes of one place by enumeration: …、…等项目."""
_MEETINGS = ("博览会", "展销会", "推进会", "动员会", "现场会", "座谈会", "交流会", "运动会", "招商会", "洽谈会", "论坛")
_EVENT = re.compile(r"“[^“”\n]{1,10}(?:会|节|展|赛|论坛|博览会)”")
_MEETING = re.compile(rf"[一-鿿]{{2,14}}(?:{'|'.join(_MEETINGS)})议?")
_LEVEL = "省|市|县|区|镇|乡|村|街道|社区"
_LEVEL_WORD = re.compile(
    rf"(?:全|我|本)(?:{_LEVEL}|州|旗)(?![长场面级])|[我本](?:局|校|院)|两(?:地|省|市|县|区)(?!委)|各(?:县|市|区)区?(?![级直属委])|"
    r"(?<![乡城村集市全各本我该古小重特名强建])[镇乡](?=工作|发展|经济|社会|上下|域)"
    r"|[县镇乡市区](?:委|政府)(?:小|大)?(?:会堂|礼堂|会议室|大院)"
    r"|(?:南方|北方|沿海|东部|西部|中部|长三角|珠三角|粤港澳|京津冀)大?(?:市场|地区)"
)
_SIGNS = re.compile(
    rf"[{PROVINCE_SIGNS}][{PROVINCE_SIGNS}](?=两省|两地|协作|合作|对口|双方|人民|干部|携手|边界|交界|一家)"
)
_COME = re.compile(
    rf"(?:来|在|赴|入|离|驻|援|治|兴|建)([{PROVINCE_SIGNS}])(?=[、，。；和工视考调挂干期时以的讲重]|期间)"
)
_TWO = re.compile(r"(?<=[动进在对和与、，。是])[一-鿿]{2}两(?:地|县|市|区|省|镇|村)")

_DEPARTMENTS = (
    "人社|人力资源和社会保障|财政|教育|教体|民政|公安|司法|农业农村|农业|林业|水利|水务|交通"
    "|交通运输|住建|住房和城乡建设|自然资源|生态环境|环保|"
    "卫健|卫生健康|医保|医疗保障|应急|应急管理|市场监管|市监|统计|审计|税务|文旅|文化和旅游|商务"
    "|工信|发改|发展和改革|科技|信访|乡村振兴|退役军人事务|"
    "行政审批|城管|纪检监察|纪委监委|残联|妇联|团委|工会|工商联|科协|气象|消防|供销|档案|国资|金融"
)
_ORG = re.compile(
    rf"(?:[省市县区镇乡村]|街道)(?:委|党委|党工委|政府|人大|政协|纪委)(?:常委会|理论学习中心组|党校"
    rf"|办公室|组织部|宣传部|统战部|政法委|班子|办)?(?:[、和]?(?:县|市|区)政府)?"
    rf"|(?:各)?(?:[省市县区镇]|中省)直(?:各)?(?:部门|单位|机关)(?:和各(?:乡镇|镇街|街道|县区))?"
    rf"|(?:各)(?:乡镇|县区|镇街|街道|村|社区|支部|党支部|科室|股室)"
    rf"|各?[省市县区镇乡]级领导(?:干部)?|乡镇(?:园区|街道|党委)|(?:党支部|党建)联系点"
    rf"|(?:{_DEPARTMENTS})(?:局|厅|部门|办|站|所|中心|系统|条线)|(?:发改|卫健|教|国资|政法)委|(?:组织"
    rf"|宣传|统战)部"
    r"|全体[^，,。；;“”]{2,60}?(?=齐聚|参加|出席|列席|到会)"
)
_ENDINGS = ("办事处", "居委会", "村委会", "合作社", "有限公司", "集团", "指挥部", "领导小组")
_NAMED_ORG = re.compile(rf"[一-鿿]{{2,8}}(?:{'|'.join(_ENDINGS)})")
_POST = (
    "组织委员|宣传委员|纪检委员|统战委员|副?书记|副?县长|副?镇长|副?乡长|副?市长|副?省长|副?区长"
    "|副?局长|副?主任|副?主席|部长|常委|第一书记|"
    "村干部|村民|居民|市民|镇干部|乡镇干部|社区干部|党员干部"
)
_PERSON = re.compile(
    rf"(?<![一-鿿])(?:[省市县区镇乡村]|街道|社区|党委|党组|支部|村支部|村党支部){{1,4}}(?:{_POST})"
    r"|(?:[省市县区镇乡村]|街道|社区){1,3}(?:组织委员|宣传委员|纪检委员|党委书记|党委副书记"
    r"|党支部书记|支部书记|纪委书记|第一书记|镇长|县长|乡长|干部)"
    r"|村民|居民(?!收入|人均|可支配|消费)|时任[一-鿿]{2,10}(?:书记|省长|市长|县长|主任)(?:的?[一-鿿]{2,3}同志)?"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹窦章苏潘葛范彭鲁马方任袁柳史唐薛雷贺倪汤罗郝安常于傅"
    "齐康伍余顾孟黄萧尹姚邵汪毛米戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童郭梅林钟徐邱骆高夏蔡田胡凌霍万柯卢莫房干解应丁宣邓"
)
_MISTER = re.compile(
    r"(?:^|(?<=[，。；、：“”（）\s]))"
    rf"[{_SURNAMES}]"
    r"[一-鿿]{1,2}(?:同志|书记|县长|镇长|市长|局长|主任|校长|院长|老师|师傅|大娘|大爷)"
)

_PLACE = re.compile(r"[一-鿿]{1,4}?(?:县|镇|乡|村|街道|社区)(?![级民里域镇长直场委干亲愁土贤规风落组庄容貌“]|工厂)")
_PLACE_LEAD = re.compile(
    r"^.*(?:[在到于赴对向从与和及来去的为是把将让使由被进入了是等各]|推动|推进|支持|帮助|位于|前往"
    r"|深入|组织|动员|带动|助力|加强|建设|打造|确保|参观|考察|调研)"
)
_NOT_NAME = re.compile(
    r"[凡以前后时间内外些里家入户走的了在是和与及对从向把各全本我该每某这那几多农乡行政个县镇村市区省级型好强两一二三四五六七八九十百所有老旧]"
    r"|[返下回离进驻出到还归]$"
    r"|^(?:美丽|文明|示范|重点|边远|偏远|贫困|和谐|智慧|数字|平安|基层|街道|社区|特色|传统|其他|相关"
    r"|先进|后进|薄弱|空心|城中|城郊|中心|建制|驻地|产业|民族|革命|脱贫|经济|城|小|大|新|山|古|名|集"
    r"|强)+$"
)


_PATTERNS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (_DOCUMENT, "document", ("《",)),
    (_PROJECT, "project", ("“",)),
    (_PROJECTS, "project", ("、",)),
    (_EVENT, "event", ("”",)),
    (_MEETING, "event", _MEETINGS),
    (_PERIOD, "date", ("前期", "初期")),
    (_ORG, "org", ("",)),
    (_NAMED_ORG, "org", _ENDINGS),
    (_PERSON, "person", ("",)),
    (_MISTER, "person", ("",)),
)
"""Pattern, kind, and words without one of which the pattern need not be tried."""


def find_slots(text: str) -> list[Found]:
    """Slots of `text` in order; overlapping ones of one kind are joined to the longest."""
    found = [*_by_patterns(text), *_places(text)]
    return _sorted(found)


def _by_patterns(text: str) -> Iterator[Found]:
    """What the wording alone tells."""
    dates = [m.span() for m in _DATE.finditer(text)]
    yield from ((start, end, "date") for start, end in dates)
    for pattern, kind, hints in _PATTERNS:
        if any(hint in text for hint in hints):
            yield from ((m.start(), m.end(), kind) for m in pattern.finditer(text))
    yield from _numbers(text, dates)


def _numbers(text: str, dates: list[tuple[int, int]]) -> Iterator[Found]:
    """Figures with their units, without those that are dates or set phrases."""
    taken = {i for start, end in dates for i in range(start, end)}
    for m in _ARABIC.finditer(text):
        if m.start() not in taken and (m.end() - m.start() > 2 or not m.group().isdigit()):
            yield m.start(), m.end(), "number"
    for m in _HAN_NUMBER.finditer(text):
        if m.start() not in taken and not _NOT_NUMBER.search(text[max(0, m.start() - 1) : m.end() + 2]):
            yield m.start(), m.end(), "number"


def _places(text: str) -> Iterator[Found]:
    """Places of the list, level words, one-character names in set patterns, and unknown names before 县镇乡村."""
    known = list(_joined(find_places(text)))
    yield from ((a, b, "place") for a, b in known)
    for pattern in (_LEVEL_WORD, _SIGNS, _TWO):
        yield from ((m.start(), m.end(), "place") for m in pattern.finditer(text))
    yield from ((m.start(1), m.end(1), "place") for m in _COME.finditer(text))
    covered = {i for a, b in known for i in range(a, b)}
    for m in _PLACE.finditer(text):
        if m.end() - 1 not in covered and (size := _name_size(m.group())):
            yield m.end() - size, m.end(), "place"


def _name_size(word: str) -> int:
    """Characters at the end of `word` that are a place name with its level word; 0 for none."""
    suffix = 2 if word.endswith(("街道", "社区")) else 1
    name = word[:-suffix]
    if lead := _PLACE_LEAD.match(name):
        name = name[lead.end() :]
    known = 2 <= len(name) <= 3 and not _NOT_NAME.search(name) and not is_ordinary(name)
    return len(name) + suffix if known else 0


def _joined(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places that follow each other at once are one: city and county."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last and start == last[1]:
            last = (last[0], end)
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def _sorted(found: list[Found]) -> list[Found]:
    """In order, without those inside another of their kind."""
    out: list[Found] = []
    for item in sorted(set(found), key=lambda f: (f[0], -f[1])):
        if not any(o[2] == item[2] and o[0] <= item[0] and item[1] <= o[1] for o in out[-6:]):
            out.append(item)
    return out


def short_forms(slots: list[str]) -> dict[str, str]:
    """Short forms that the full names of a document stand for: 青山 for 青山县, for use in `find_short`."""
    known = full_names()
    forms: dict[str, str] = {}
    for name in slots:
        short = known.get(name) or re.sub(r"(?:省|市|县|区|镇|乡|村|街道|社区)$", "", name)
        if len(short) >= 2 and short != name:
            forms[short] = name
    return forms
