"""Places of an invented county, composed from parts so that thousands of them differ."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

COUNTY = "青禾县"
TOWNS = (
    "柳河镇", "石桥镇", "青山镇", "白马镇", "双井镇", "槐荫镇", "大河镇", "云台镇", "东岭镇", "沙湾镇", "桃源镇",
    "清泉镇", "北辛镇", "落雁镇", "高垣镇", "长岗镇", "金沟乡", "杨树乡", "马坊乡", "平川乡", "苇塘乡", "古城乡",
    "松林乡", "西峪乡",
)  # fmt: skip
_HEADS = "东西南北前后大小上下新老"
_STEMS = "柳杨槐桃梨石井河塘岗沟坡泉桥塔窑苇松柏枣"
_TAILS = ("庄村", "营村", "屯村", "堡村", "寨村", "店村")
_SCHOOLS = ("中心小学", "第二小学", "初级中学", "九年一贯制学校", "寄宿制小学", "职业中学")
_RIVERS = (
    "青禾河", "柳河", "沙河", "双泉河", "白马河", "苇塘河", "金沟渠", "南干渠", "北排渠", "老龙河", "清水河", "东引河",
)  # fmt: skip
_REACHES = ("上游段", "中游段", "下游段", "城区段", "入河口段")
_SITES = ("古桥", "石塔", "祠堂", "戏楼", "书院", "城墙遗址", "古窑址", "碑亭")
_COMMUNITIES = ("苑社区", "园社区", "里社区", "街社区", "巷社区")
_OFFICES = (
    "政务服务中心", "不动产登记中心", "图书馆", "文化馆", "博物馆", "档案馆", "疾控中心", "妇幼保健院", "人才服务中心",
    "社保服务中心", "救助管理站", "融媒体中心", "气象服务站", "水文站", "农技推广站", "林业工作站", "公路养护站",
    "信访接待中心", "应急指挥中心", "环境监测站", "质量检验所", "公共资源交易中心", "青少年活动中心", "体育运动中心",
)  # fmt: skip


def _stem(random: Random) -> str:
    return random.choice(_HEADS) + random.choice(_STEMS)


def _road(random: Random) -> str:
    return f"{''.join(random.sample(_STEMS, 2))}{random.choice(('线', '路', '街'))}"


_PLACES: dict[str, Callable[[Random], str]] = {
    "county": lambda random: COUNTY,
    "town": lambda random: random.choice(TOWNS),
    "village": lambda random: _stem(random) + random.choice(_TAILS),
    "school": lambda random: random.choice(TOWNS)[:2] + random.choice(_SCHOOLS),
    "clinic": lambda random: random.choice(TOWNS) + random.choice(("卫生院", "社区卫生服务站")),
    "road": _road,
    "river": lambda random: random.choice(_RIVERS) + random.choice(_REACHES),
    "site": lambda random: _stem(random) + random.choice(_SITES),
    "community": lambda random: _stem(random) + random.choice(_COMMUNITIES),
    "office": lambda random: "县" + random.choice(_OFFICES),
}


def place(kind: str, random: Random) -> str:
    """One place of the kind, such as `东柳庄村` for `village`."""
    return _PLACES[kind](random)
