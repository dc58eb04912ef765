"""Reasons as sentences in Chinese and English, made from a code and data; nothing is stored but these."""

from __future__ import annotations

from collections.abc import Mapping

#: code → (zh, en); the words in braces are the data of the reason.
REASONS: dict[str, tuple[str, str]] = {
    "chosen": ("在方案里。", "In the plan."),
    "H1": ("不在可选之列。", "Not eligible."),
    "H2": ("那时已去 {other}。", "Already serving {other} at that time."),
    "H3": ("{session} 已满 {most} 人。", "{session} already has its {most} people."),
    "H4": ("已到本月上限 {most}。", "Already at this month's limit of {most}."),
    "H6": ("{session} 人数不够，没有安排。", "{session} does not run: too few people."),
    "H7": ("{session} 由一个队整队承担。", "{session} is served by one whole group."),
    "no_group": ("{session} 要一个队整队承担，没有安排到队。", "{session} needs one whole group, and none was assigned."),
    "H8": ("双方说好不去 {session}。", "It was agreed not to go to {session}."),
    "H9": ("另有规则不许：{rule}。", "Another rule forbids it: {rule}."),
    "full_fit": (
        "{session} 已够 {desired} 人，来的人更合适（多花 {price}）。",
        "{session} has its {desired} people, who fit better (by {price}).",
    ),
    "not_needed": ("{session} 已够 {desired} 人。", "{session} already has the {desired} people wished for."),
    "elsewhere": ("在 {other} 更需要。", "More needed at {other}."),
    "possible": ("可以去 {session}。", "Could go to {session}."),
}

HELP: dict[str, tuple[str, str]] = {
    "nobody": ("没有人可选：换时间，或向结对单位、邻近社区求助。", "Nobody is eligible: change the time, or ask paired units or neighbours."),
    "few": (
        "可选的只有 {eligible} 人，至少要 {min} 人：还差 {missing} 人，换时间或请邻近社区支援。",
        "Only {eligible} are eligible and {min} are needed: {missing} short; change the time or ask a neighbour.",
    ),
    "skill": ("缺 {skill}：可选的人里有此特长的 {holders} 人，空闲的 {free} 人。", "Short of {skill}: {holders} eligible holders, {free} free."),
    "group": (
        "没有一个{speciality}的队能整队来：组一个人都能来、人数合适的队。",
        "No {speciality} group can come as a whole: form one whose people are all free and whose size fits.",
    ),
    "groups": (
        "有 {groups} 个{speciality}的队能整队来，都在别的班次更需要。",
        "{groups} {speciality} groups could come as a whole; all are more needed elsewhere.",
    ),
    "day": ("{busy} 人当天已有安排：改到 {day} 有 {free} 人有空。", "{busy} are taken that day: on {day} {free} would be free."),
    "limit": ("{limited} 人已到本月上限：请他们多来一次，可补上 {gain} 个位置。", "{limited} are at their limit: one more service each would fill {gain} places."),
    "other": ("其余 {taken} 人在更急的班次。", "The other {taken} serve where it is more urgent."),
}  # fmt: skip


def told(table: Mapping[str, tuple[str, str]], code: str, data: Mapping[str, object], language: str = "zh") -> str:
    """The sentence of a code; unknown codes are shown as they are."""
    if code not in table:
        return code
    return table[code][0 if language.startswith("zh") else 1].format(**data)
