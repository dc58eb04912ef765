"""States and choices of service."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShiftState(models.TextChoices):
    """From the drawing board to the roll-call."""

    PLANNED = "planned", _("待安排")
    OPEN = "open", _("开放")
    DONE = "done", _("已点名")
    CANCELLED = "cancelled", _("已取消")


class BookingState(models.TextChoices):
    """A place in a shift."""

    HELD = "held", _("待答复")
    TAKEN = "taken", _("已接受")
    FREED = "freed", _("已让出")


class BookingSource(models.TextChoices):
    """How the place came to the member."""

    OFFER = "offer", _("邀请")
    SELF = "self", _("自己认领")
    DESK = "desk", _("社区代办")


class Attendance(models.TextChoices):
    """What the roll-call says."""

    UNMARKED = "unmarked", _("未记")
    PRESENT = "present", _("到")
    LATE = "late", _("迟到")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", _("没来")
    ON_DUTY = "on_duty", _("单位值班")


class Evidence(models.TextChoices):
    """What a record rests on."""

    SELF = "self", _("自报")
    ROLL_CALL = "roll_call", _("组长点名")
    RESIDENT = "resident", _("居民确认")
    LATE = "late", _("补录")


class RecordState(models.TextChoices):
    """From the roll-call to the closed month."""

    PENDING = "pending", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    SETTLED = "settled", _("已结账")
    REJECTED = "rejected", _("未确认")


class Finding(models.TextChoices):
    """What a patrol may note: places and things, never persons; there is no free text."""

    ALL_WELL = "all_well", _("一切正常")
    LAMP_OUT = "lamp_out", _("路灯不亮")
    LANE_BLOCKED = "lane_blocked", _("消防通道被占")
    EXIT_BLOCKED = "exit_blocked", _("楼道堆物")
    COVER_LOOSE = "cover_loose", _("井盖松动")
    WIRE_DOWN = "wire_down", _("电线垂落")
    WATER_LEAK = "water_leak", _("漏水积水")
    RUBBISH = "rubbish", _("垃圾满溢")
    ROAD_BROKEN = "road_broken", _("路面破损")
    EQUIPMENT = "equipment", _("健身器材损坏")


class Result(models.TextChoices):
    """How it went."""

    DONE = "done", _("办好")
    PARTLY = "partly", _("办了一部分")
    NOT = "not", _("没办成")


SHIFT_TRANSITIONS = {
    ShiftState.PLANNED: frozenset({ShiftState.OPEN, ShiftState.CANCELLED}),
    ShiftState.OPEN: frozenset({ShiftState.DONE, ShiftState.CANCELLED}),
    ShiftState.DONE: frozenset({ShiftState.OPEN}),
    ShiftState.CANCELLED: frozenset({ShiftState.PLANNED}),
}
BOOKING_TRANSITIONS = {
    BookingState.HELD: frozenset({BookingState.TAKEN, BookingState.FREED}),
    BookingState.TAKEN: frozenset({BookingState.FREED}),
    BookingState.FREED: frozenset(),
}
RECORD_TRANSITIONS = {
    RecordState.PENDING: frozenset({RecordState.CONFIRMED, RecordState.REJECTED}),
    RecordState.CONFIRMED: frozenset({RecordState.SETTLED, RecordState.PENDING}),
    RecordState.SETTLED: frozenset(),
    RecordState.REJECTED: frozenset({RecordState.PENDING}),
}
