"""Patterns of what belongs to one text alone, by kind, as data for `phrasebank.names`.

A rule names the two characters its pattern may begin with, so that one look at a text serves all rules. No
pattern repeats a repetition without bound: all are linear in the length of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from phrasebank.gazetteer import PROVINCE_SIGNS
from phrasebank.wordlists import rows

_HAN = "[一-鿿]"
_ONES = "一二两三四五六七八九"

_DIGIT = "0123456789０１２３４５６７８９"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what it finds, and with which two characters it may begin: pairs of a set of first and one of second ones, "" for any."""

    kind: str
    pattern: re.Pattern[str]
    starts: tuple[tuple[str, str], ...]


def alternation(words: Iterable[str]) -> str:
    """`words` as one pattern, grouped by first character and the longest first: each place of a text is looked at once."""
    groups = groupby(sorted(set(words)), key=lambda word: word[0])
    return "|".join(first + _rest([word[1:] for word in group]) for first, group in groups)


def _rest(ends: list[str]) -> str:
    return "(?:" + "|".join(sorted(ends, key=len, reverse=True)) + ")"


# ---- numbers
_UNIT = (
    "个百分点|百分点|万亿元|亿元|万元|元|亿美元|万美元|美元|欧元|亿|万|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公顷|公斤|千克|吨|亩|米|户"
    "|人次|人|名|家|个|项|件|条|篇|处|所|座|场次|场|次|期|批次|批|类|种|台套|台|辆|套|间|栋|幢|张|份|支|位|天|个月|周年|小时|分钟|岁|倍|成|千瓦时|兆瓦|千瓦|千伏"
    "|摄氏度|度|站|课时|册|本|字|里|斤|对|只|头|棵|株|标箱|标准箱|床|枚|部|块|宗|例|款|孔|艘|架次|架|班|列|趟|笔|级|层|微克|毫克|枚|颗|口|片|段|盏|尾|羽"
)
_COUNTED = r"(?:县[（(]市、区[）)]|地市|行政村|自然村|乡镇|街道|社区|村|县|镇|市|省|国家)?"
_MORE = "(?:余|多|来)?"
_DIGITS = r"\d[\d,，.．]*(?<=\d)"
_MEASURE = rf"(?:{_MORE}[%％‰]|{_MORE}(?:[百千万亿]{{1,2}})?{_MORE}(?:{_UNIT})?(?:/年|/日)?)"
ARABIC = re.compile(
    rf"\d(?<![A-Za-z\d.第/]\d)(?:[\d,，.．]*\d)?\s?{_MEASURE}(?:[-—–－~～至到]{{1,2}}{_DIGITS}{_MEASURE})?(?![A-Za-z])"
    rf"{_COUNTED}"
)
"""Figures and ranges (3—5个, 10%—12%) with their units."""
HAN_NUMBER = re.compile(
    rf"(?<![第{_ONES}零十百千])(?:(?:超过|突破|近|约|超|逾|达到?)(?=[百千万亿十])|[{_ONES}几数](?=[百千万亿十])|(?=十[余多{_ONES}]))"
    rf"[百千万亿十](?:[{_ONES}零〇]?[十百千万亿]|[{_ONES}]){{0,6}}(?:点[零〇{_ONES}]{{1,3}})?{_MORE}(?:{_UNIT})"
    rf"|百分之[{_ONES}十百零点]{{1,8}}|千分之[{_ONES}十零点]{{1,6}}|[{_ONES}]{{1,2}}成(?=以上|的|左右)|[{_ONES}十]分之[一二三四五]"
    rf"|(?<![第{_ONES}零十百千])[{_ONES}零十]{{1,3}}(?:点[零〇{_ONES}]{{1,3}})?(?:个百分点|万元|亿元|公里|万吨|万亩)"
    rf"|[{_ONES}]点[零〇{_ONES}]{{1,3}}[百千万亿个倍元米]"
    rf"|第[{_ONES}十百]{{1,4}}届|第(?:[{_ONES}十]{{1,3}}|\d{{1,4}})[位名](?=[，。；、）]|$)"
    rf"|第(?<=[国省市县区球]第)(?:[{_ONES}十]{{1,3}}|\d{{1,4}})(?=[，。；、）]|$)"
    rf"|(?:居|列|排名?|跃至|升至)(?:全[国省市县区球])?(?:同类{_HAN}{{2}})?第(?:[{_ONES}十]{{1,3}}|\d{{1,4}})(?=[，。；、）]|$)"
)
NOT_NUMBER = re.compile(
    r"千家万户|百年|万家|千万家|千人千面|万人心|十个指头|十分(?!之)|万一|千里|万里|万次|百倍|十位|千次|百次"
    r"|万分|百花|百业|万件事|十成|千千万|十万火急|万里长城"
)
"""Set phrases with big numerals in them."""

# ---- dates
_DASHES = r"-—–－~～至到"
_TO = rf"[{_DASHES}]{{1,2}}"
ARABIC_DATE = re.compile(
    rf"\d(?<!\d\d)(?:(?<=[12])\d{{3}}(?:{_TO}(?:19|20)?\d{{2}})?\s?年(?:\s?\d{{1,2}}\s?月(?:份|[上中下]旬|\s?\d{{1,2}}\s?日)?(?:{_TO}\d{{1,2}}\s?[月日])?"
    rf"|\d{{1,2}}{_TO}\d{{1,2}}\s?月|[上下]半年|前?[一二三四]季度|年?[底初末中]|代|以来|春节|起)?"
    rf"|\d?\s?月\s?\d{{1,2}}\s?日(?:{_TO}\d{{1,2}}日)?|\d?(?:月?{_TO}\d{{1,2}})?月(?:份|底|初|末|[上中下]旬)?(?!\d)"
    rf"|(?<=[12])\d{{3}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d世纪(?:\d0|[{_ONES}]十)?(?:年代)?(?:初|末|中叶)?|0年代(?:初|末|中期)?"
    rf"|\d{{0,2}}[多余]?年(?:间|前|后|里|来)?(?![级轻第期计度]))"
)
WORDED_DATE = re.compile(
    rf"[二一][〇○零九][〇○零{_ONES}]{{2}}年(?:[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日)?|[底初末])?"
    r"|[今去明前本当]年(?:以来|底|初|末|[上下]半年|前?[一二三四]个?季度)?|[今昨明]天(?:[上下]午|晚上?)?"
    r"|近日(?!常)|日前(?!者)|[上本下](?:个?月(?!经|亮|球|饼)|周(?!期|边|转|围|全))|[上下]半年|前?[一二三四]季度"
    r"|[上本]世纪(?:[二三四五六七八九]十年代|\d0年代)?(?:初|末|中叶)?|[二三四五六七八九]十年代(?:初|末|中期)?"
    rf"|(?:近|过去|最近|今后|未来|往后)(?:\d{{1,3}}|[{_ONES}几十]{{1,3}})[多余]?年(?:间|前|后|里|来|内)?"
    rf"|[二三四五六七八九]?十[{_ONES}]?[多余]?年(?:间|前|后)?(?![级代轻第期计度如树磨寒])|[{_ONES}]年(?:间|前|后|里|来|以来)"
    r"|“?(?:八五|九五|十五|十[一二三四五六]五)”?(?:时期|期间|末|初|前[两三]年)|“十[一二三四五六]五”|“[九十]五”(?=以来|计划|规划|开局|收官|目标|[，。、是的])"
    r"|农历[正二三四五六七八九十冬腊]{1,2}月(?:初?[一二三四五六七八九十廿]{1,3})?|(?:正月|腊月)(?:初?[一二三四五六七八九十廿]{1,3})"
)
PERIOD = re.compile("(?:工作|攻坚|改革|创业|整治|疫情|成立|实施|启动|任职|发展|建设)(?:前期|初期)(?=[，,])")
"""What ends a stretch of time told by a clause: 脱贫攻坚工作前期，."""

# ---- documents, projects, events
_CITED = (
    r"(?!(?:里|中|里面|当中)?(?:有云|有言|有载|云|曰|说|讲|道|写道|记载|所云|(?:说|讲|载)的|里|中)[：:，,]?[“\"「])"
)
"""A book is the source of the words that follow, and no document of the text, where it speaks (《礼记》有言：“…”)."""
DOCUMENT = re.compile(
    r"《(?:[^《》\n]|《[^《》\n]{1,60}》){1,80}》(?:[（(](?:试行|草案|修订|暂行|征求意见稿|[^（）()]{0,12}〔\d{4}〕\d{1,4}号)[）)])?"
    + _CITED
)
DOCUMENT_NUMBER = re.compile(r"[〔\[［【](?:19|20)\d{2}[〕\]］】]\d{1,4}号")
NUMBERED_DOCUMENT = re.compile(r"[央省市县区]委?(?:一号文件|1号文件)")
_PROGRAMME = "工程|行动|计划|项目|模式|经验|机制|活动|专项|改革|平台|品牌|建设"
PROJECT = re.compile(
    rf"“[^“”\n]{{1,14}}”(?!落实|等|和|的|到|是|就|成){_HAN}{{0,4}}(?:{_PROGRAMME})"
    r"|“[^“”\n]{1,12}(?:工程|经验|行动|计划|模式|革命|项目)”"
)
LIST_OF_PROJECTS = re.compile(rf"等(?=\d{{0,3}}[个项]?{_HAN}{{0,3}}?(?<![领方类域])(?:活动|项目|工程|行动|品牌))")
"""What closes an enumeration of one place's programmes: …、…等项目."""
EXAMPLES = re.compile(rf"如[：:](?P<name>{_HAN}{{2,8}}(?:、{_HAN}{{2,8}}){{2,}})(?=等)")
ENUMERATION = re.compile(rf"(?<![\d.]){_HAN}{{2,12}}(?:、{_HAN}{{2,12}})+$")
PROJECT_LEAD = re.compile(
    "^.*(?:推进|实施|启动|开展|抓好|完成|加快|建设|建成|办好|打造|组织|参加|举行|举办|谋划|做好|落实|争取|引进|加大|开工|一批|积极"
    "|重点|大力|全面|深入|在|和|对|了|为)"
)
_MEETING_WORDS = (
    "博览会 展销会 推进会 推进会议 动员会 动员大会 现场会 现场会议 座谈会 交流会 运动会 招商会 洽谈会 推介会 交易会 论坛 峰会"
    " 文化节 旅游节 艺术节 电影节 丰收节 采摘节 工作会议 表彰大会 部署会 调度会 誓师大会 对接会 年会"
)
MEETING = re.compile(alternation(_MEETING_WORDS.split()))
MARKED_EVENT = re.compile(r"“[^“”\n]{1,10}(?:会|节|展|赛|论坛|博览会)”")
NUMBERED_EVENT = re.compile(
    rf"(?:[省市县区]|中共)?第(?:[{_ONES}十百]{{1,4}}|\d{{1,3}})(?:届|次)[^，。；：、“”《》（）\s的了向]{{0,18}}?"
    rf"(?:代表大会(?:第{_HAN}{{1,3}}次(?:会议|全体会议))?|党代会|大会|博览会|运动会|论坛|峰会|艺术节|文化节|旅游节"
    r"|洽谈会|交易会|全会|会议|残运会|园博会|展览会|年会|节)"
    rf"|(?:[省市县区]委)?[{_ONES}十]{{1,4}}届[{_ONES}十]{{1,3}}次(?:全会|全体会议|会议)"
)
EVENT_LEAD = re.compile(
    r".*(?:召开|举办|举行|承办|筹备|筹办|主办|办好|办成|参加|出席|组织|成功|圆满|召集|开展|积极|用好|开好|申办|利用|借助|依托|通过|推动|压缩|抓好|谋划|根据|按照|落实|贯彻|在|于|了|和|与|及|的|到|等|是|把|次|场)"
)
"""What goes before the name of a meeting: the name begins behind the last of these."""

# ---- bodies and people
_LEVEL = "(?:[省市县区镇乡村州旗]|街道|自治[区州县旗])"
_DEPARTMENTS = tuple(row[0] for row in rows("departments"))
_BODY_SECONDS = "委党人政纪监总妇工残团道治直省市县区州旗镇乡街村社支科股级建第中实职技高希机一二三四小医卫幼敬体"
BODY = re.compile(
    rf"{_LEVEL}(?<!直辖市)(?:委|党委|党工委|党组(?!织)|人民政府|政府|人大|政协|纪委监委|纪委|监委|人民法院|中级人民法院|高级人民法院|人民检察院|人武部|总工会|妇联|工商联|残联|团委)"
    rf"(?:常委会|理论学习中心组|党校|党组|办公厅|办公室|组织部|宣传部|统战部|政法委|研究室|督查室|班子|办|(?:(?<=委)[、和]?[县市区](?:人民)?政府)(?!办))?|团[省市县区州旗]委"
    rf"|(?:[省市县区镇]|中省)直(?:各)?(?:部门|单位|机关)(?:和各(?:乡镇|镇街|街道|县区))?"
    rf"|各(?:乡镇|县区|镇街|街道|村|社区|支部|党支部|科室|股室)"
    rf"|各?[省市县区镇乡]级领导(?:干部)?|乡镇(?:园区|街道|党委)|(?:党支部|党建)联系点"
    rf"|[县区镇村市州](?<![乡农城]村)(?<!乡镇)(?:第[{_ONES}十]{{1,3}}|中心|实验|人民|中医|妇幼保健|职业|技工|高级|希望|机关){{1,2}}"
    r"(?:中学|小学|医院|卫生院|幼儿园|学校|敬老院)"
    r"|[县镇](?<!乡镇)(?:一中|二中|三中|四中|中学|小学|医院|中医院|卫生院|幼儿园|敬老院)"
    rf"|全体[^，,。；;“”]{{2,60}}?(?=齐聚|参加|出席|列席|到会)"
)
DEPARTMENT = re.compile(
    rf"[省市县区州旗]?(?<!国家)(?<!中国)(?<!中央)(?<!务院)(?:(?:{alternation(_DEPARTMENTS)})"
    r"(?:总局|局|厅|部门|办公室|办(?![公法理事证好学实])|站|所|系统|条线)"
    r"|(?:发改|发展改革|发展和改革|卫健|卫生健康|国资|政法|教)委(?:员会)?(?![员托派])|(?:组织|宣传|统战)部(?![门分署]))"
)
_POST = (
    "组织委员|宣传委员|纪检委员|统战委员|副?书记|副?县长|副?镇长|副?乡长|副?市长|副?省长|副?区长|副?局长|副?主任|副?主席|部长|常委|第一书记|村干部"
    "|村民|居民|市民|镇干部|乡镇干部|社区干部|党员干部"
)
PERSON = re.compile(
    rf"(?<!{_HAN})(?:[省市县区镇乡村]|街道|社区|党委|党组|支部)(?:[省市县区镇乡村]|街道|社区|党委|党组|支部|村支部|村党支部){{0,3}}(?:{_POST})(?<!委常委)"
    r"|(?<![全各])(?:[省市县区镇乡村]|街道|社区){1,3}(?:组织委员|宣传委员|纪检委员|党委书记|党委副书记|党支部书记|支部书记|纪委书记|第一书记|镇长|县长|乡长|干部)"
    r"|(?<!农)村民(?!委员|小组|自治|宿)|居民(?<![乡镇村民城非业县]居民)(?![委收人可消小基用价存储住养水医区点身综健生就增幸体商])"
    rf"|时任{_HAN}{{2,10}}(?:书记|省长|市长|县长|主任)(?:的?{_HAN}{{2,3}}同志)?"
)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹窦章苏潘葛范彭鲁马方任袁柳史唐薛雷贺倪汤罗郝安常于傅"
    "齐康伍余顾孟黄萧尹姚邵汪毛米戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童郭梅林钟徐邱骆高夏蔡田胡凌霍万柯卢莫房干解应丁宣邓"
    "刘洪黎乔覃殷岑鲍龚文龙段谭温侯尚邢石崔白廖田易曾向关"
)
_HONORED = "书记|主任|局长|部长|省长|市长|县长|区长|镇长|乡长|校长|院长|主席|党员|干部|模范|标兵|英雄|村民|劳模|烈士|战士|医生|支书"
"""Two-character words that a person's name follows at once."""
_TITLE = "同志|书记|县长|镇长|市长|局长|主任|校长|院长|老师|师傅|大娘|大爷|教授|院士|先生|女士|医生|烈士|主席|部长"
_LEADERS = "习近平|毛泽东|周恩来|刘少奇|朱德|邓小平|陈云|江泽民|胡锦涛"
_NO_SAGE = "(?!(?<=毛)主席|(?<=周)总理|(?<=马)克思|(?<=[孔孟荀庄孙曾])子)"
_DOES = "带领|带着|带头|告诉|介绍|表示|说|笑着|笑了|走|来到|是[一个村我全]|拿着|拿出|听|回忆|坚持|主动|常|每天|一家|把"
_COMPOUND = "欧阳|上官|司马|诸葛"
FULL_NAME = re.compile(rf"(?:{_COMPOUND}|[{SURNAMES}]){_HAN}{{1,2}}")
_NO_LEADER = "(?!" + "|".join(f"(?<={name[0]}){name[1:]}" for name in _LEADERS.split("|")) + ")"
_COMPOUNDS = _COMPOUND.split("|")
NAMED_PERSON = re.compile(
    rf"[{SURNAMES}{''.join(name[0] for name in _COMPOUNDS)}](?:(?<=[{SURNAMES}])某(?:某|[甲乙丙丁])?(?![个些种一项])"
    rf"|(?:{'|'.join(f'{name[1]}(?<={name})' for name in _COMPOUNDS)})(?!亮){_HAN}{{1,2}}"
    rf"(?:{_TITLE}|(?=[，。；、）]|两位|三位|等同志|{_DOES}))"
    rf"|(?<=[{SURNAMES}])(?:(?<=^{_HAN})|(?<=[，。；、：“”（）\s以向对请由让跟和与像是叫习]{_HAN})|(?<=(?:{_HONORED}){_HAN}))"
    rf"{_NO_LEADER}{_HAN}{{1,2}}(?:{_TITLE}))"
)
"""People by name and title, but for the leaders every text may name."""
ACTING_PERSON = re.compile(
    rf"(?P<name>[老小{SURNAMES}](?:(?<=(?:{_HONORED})[老小])[{SURNAMES}]|(?<![一-鿿A-Za-z\d“《].)(?:(?<=[老小])[{SURNAMES}](?={_DOES})"
    rf"|(?<=[{SURNAMES}])(?<!向){_NO_LEADER}{_NO_SAGE}{_HAN}{{1,2}}?(?={_DOES}))))"
)
"""People without a title, told by what they do at the beginning of a clause."""
TITLED_PERSON = re.compile(
    rf"(?:书记|省长|市长|县长|区长|镇长|乡长|局长|部长|主任|主席|校长|院长|支书)[ 　]*(?P<name>[{SURNAMES}](?:{_HAN}|[ 　]){{1,2}}?)"
    r"(?=[，。；、）（\s]|$|说|表示|介绍|指出|强调|同志|带领|带头|主持|出席)"
)

# ---- level words and short forms of places
_RANK = "省|市|县|区|镇|乡|村|街道|社区"
LEVEL_WORD = re.compile(
    rf"[全我本](?:{_RANK}|州|旗)(?![长场面级])|[我本][局校院]|两(?:地|省|市|县|区(?!”))(?!委)|各[县市区]区?(?![级直属委])"
    r"|[镇乡](?<![乡城村集市全各本我该古小重特名强建]\w)(?=工作|发展|经济|社会|上下|域)"
    r"|[县镇乡市区](?:委|政府)[小大]?(?:会堂|礼堂|会议室|大院)"
    r"|(?:南方|北方|沿海)大?市场"
)
NUMBERED_ROAD = re.compile(r"[GSXgsx]?\d{1,4}(?:国道|省道|县道)|[国省]道\d{3}线?|[GSX]\d{1,4}(?:线|高速)")
RIVER = re.compile(r"[江河湖溪](?=流域|沿岸|两岸|干流|[上中下]游|源头|河段|河道|综合治理|治理|国家湿地|岸线)")
"""A river told by what is said of rivers."""
SIGNS_OF_PROVINCES = re.compile(
    rf"[{PROVINCE_SIGNS}]{{2,4}}(?=两省|两地|协作|合作|对口|双方|人民|干部|携手|边界|交界|一家)"
)
_SURE_SIGNS = "".join(sign for sign in PROVINCE_SIGNS if sign not in "新港台青宁")
COME_TO_PROVINCE = re.compile(
    rf"(?:来|在|赴|入|离|驻|援|治|兴|建)([{_SURE_SIGNS}])(?=[、，。；和工视考调挂干期时以的讲重投创]|期间)"
)
TWO_PLACES = re.compile(r"两[地省市县区镇村](?![级委])")
"""What follows the first characters of two places (浦镇两地)."""

_RANKS = "省市县区镇乡村"
_LEVELS = "省市县区州旗"
_OFFICES = (*_DEPARTMENTS, "发改", "发展改革", "发展和改革", "卫健", "卫生健康", "国资", "政法", "教委", "组织", "宣传", "统战")
_OFFICE_FIRSTS, _OFFICE_SECONDS = ("".join(sorted({name[n] for name in _OFFICES})) for n in (0, 1))
_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_ANY_DIGIT = "".join(chr(code) for code in range(0x10000) if chr(code).isdecimal())
_DATE_SECONDS = f"〇○零{_ONES}十几{_ANY_DIGIT}年天日前个月周半季世去近后来多余历"
_NUMBER_SECONDS = f"过破到百千万亿十余多{_ONES}零分成点个公{_ANY_DIGIT}全同第名至"

RULES = (
    Rule("date", ARABIC_DATE, ((_DIGIT, f"{_DASHES}{_ANY_DIGIT}{_SPACE}年月多余世"),)),
    Rule("date", WORDED_DATE, (("二一今去明前本当昨近日上下前过最未往三四五六七八九十“农正腊", _DATE_SECONDS),)),
    Rule("number", ARABIC, ((_DIGIT, ""),)),
    Rule("number", HAN_NUMBER, ((f"超突近约逾达几数{_ONES}零十百千第居列排跃升", _NUMBER_SECONDS),)),
    Rule("document", DOCUMENT, (("《", ""),)),
    Rule("document", NUMBERED_DOCUMENT, (("央省市县区", "委一1"),)),
    Rule("project", PROJECT, (("“", ""),)),
    Rule("event", MARKED_EVENT, (("“", ""),)),
    Rule("event", NUMBERED_EVENT, ((f"省市县区中第{_ONES}十", f"第共委届{_ONES}十百{_ANY_DIGIT}"),)),
    Rule("org", BODY, (("省市县区镇乡村州旗街自中各全党建团", _BODY_SECONDS),)),
    Rule("org", DEPARTMENT, ((_OFFICE_FIRSTS, _OFFICE_SECONDS), (_LEVELS, _OFFICE_FIRSTS))),
    Rule("person", PERSON, ((f"{_RANKS}街社党支居时", f"{_RANKS}街社道党支组宣纪统副书局主部常第居民委任干"),)),
    Rule("place", LEVEL_WORD, (("全我本两各镇乡县市区南北沿", f"{_RANKS}街社州旗局校院地工发经上域委政方海"),)),
    Rule("place", NUMBERED_ROAD, (("国省", "道"), (f"{_DIGIT}GSXgsx", f"{_ANY_DIGIT}国省县线高"))),
    Rule("place", SIGNS_OF_PROVINCES, ((PROVINCE_SIGNS, PROVINCE_SIGNS),)),
)
