"""What people call the kinds of things that are found in a text."""

from __future__ import annotations

KINDS = {
    "ad": "广告", "paywall_marker": "付费标记", "watermark": "水印", "site_footer": "网站页脚", "site_widget": "网页零件",
    "omission_marker": "省略标记", "toc": "目录提纲", "duplicate_title": "重复标题", "contact": "联系方式", "copyright": "版权声明",
    "running_head": "页眉页脚", "hidden": "隐藏或划掉的字",
    "censored_name": "姓名被遮", "missing_number": "数字缺失", "truncated_end": "文字残缺", "typo": "疑似错字",
    "inline_marker": "词中插标记", "broken_line": "断行", "half_width_punctuation": "半角标点",
    "leader": "领导人的话", "classic": "典籍古语", "saying": "俗语谚语", "slogan": "口号提法", "coined": "形象说法", "name": "专名",
    "place": "地名", "org": "单位", "person": "人物", "date": "时间", "number": "数字", "project": "项目",
    "document": "文件", "event": "活动",
}  # fmt: skip
"""Kinds of removals, damage, quotations and names (`phrasebank.model`), in the order people want to see them."""

TO_CHECK = ("censored_name", "missing_number", "truncated_end", "typo")
"""Damage that only a person can mend."""
MENDED = "half_width_punctuation"
"""Damage that is mended, and so frequent that it is counted and not shown one by one."""

TO_DO = {
    "censored_name": "查原稿补全", "missing_number": "查原稿补上", "truncated_end": "查原稿补齐", "typo": "请核对",
    "inline_marker": "标记已删", "broken_line": "已接成一段", "half_width_punctuation": "入库时改成全角",
}  # fmt: skip
"""What is to be done about damage, or has been."""


def called(kind: str) -> str:
    """A kind in Chinese."""
    return KINDS.get(kind, "其他")
