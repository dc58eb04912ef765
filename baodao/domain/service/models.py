"""Tables of service. No photo, no location, no sign-out: such columns do not exist."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.service.states import (
    Attendance,
    BookingSource,
    BookingState,
    Evidence,
    RecordState,
    Result,
    ShiftState,
)


class Batch(Record):
    """批次: a named set of shifts on chosen days."""

    town = PathField()
    community_path = PathField()
    month = models.CharField(max_length=7)
    name = models.CharField(max_length=40)
    days = models.JSONField(default=list, help_text="ISO dates in order")
    split = models.BooleanField(default=True, help_text="big turn-outs: nobody is asked on every day")

    def __str__(self) -> str:
        return self.name


class Shift(Record):
    """One time of a post. ``taken`` counts held and taken places, ``role_taken`` those on the kept seats.

    The database keeps ``taken`` at or below the maximum, and the kept seats (``role_count``) free for their holders.
    """

    post = models.ForeignKey("posts.Post", on_delete=models.PROTECT, related_name="shifts")
    need = models.ForeignKey("needs.Need", null=True, blank=True, on_delete=models.SET_NULL, related_name="shifts")
    batch = models.ForeignKey("service.Batch", null=True, blank=True, on_delete=models.SET_NULL, related_name="shifts")
    town = PathField()
    community_path = PathField()
    month = models.CharField(max_length=7)
    date = models.DateField()
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    place = models.CharField(max_length=60, blank=True)
    tier = models.CharField(max_length=10, default="ordinary")
    min_people = models.PositiveSmallIntegerField()
    desired_people = models.PositiveSmallIntegerField()
    max_people = models.PositiveSmallIntegerField()
    role_skill = models.CharField(max_length=30, blank=True, help_text="speciality of the kept seats")
    role_count = models.PositiveSmallIntegerField(default=0)
    taken = models.PositiveSmallIntegerField(default=0)
    role_taken = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ShiftState.choices, default=ShiftState.PLANNED)
    leader = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="led_shifts"
    )
    change_words = models.CharField(max_length=60, blank=True, help_text="why it was moved or cancelled")
    rolled_at = models.DateTimeField(null=True, blank=True)
    rolled_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(taken__lte=models.F("max_people")), name="service_not_oversold"),
            models.CheckConstraint(
                condition=models.Q(role_taken__lte=models.F("role_count"))
                & models.Q(taken__lte=models.F("max_people") - models.F("role_count") + models.F("role_taken")),
                name="service_kept_seats",
            ),
            models.CheckConstraint(condition=models.Q(end_at__gt=models.F("start_at")), name="service_shift_time"),
            models.CheckConstraint(
                condition=models.Q(desired_people__gte=models.F("min_people"))
                & models.Q(max_people__gte=models.F("desired_people")),
                name="service_shift_people",
            ),
            models.UniqueConstraint(
                fields=["post", "start_at"], condition=models.Q(need__isnull=True), name="service_shift_once"
            ),
        ]
        indexes = [
            models.Index(fields=["community_path", "date"], name="service_shift_day"),
            models.Index(fields=["town", "month", "state"], name="service_shift_month"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.start_at}"


class Booking(Record):
    """占位: a place in a shift. Unit and community of the day are kept, so that closed months never move."""

    shift = models.ForeignKey("service.Shift", on_delete=models.PROTECT, related_name="bookings")
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="bookings")
    state = models.CharField(max_length=6, choices=BookingState.choices)
    source = models.CharField(max_length=6, choices=BookingSource.choices)
    role = models.CharField(max_length=30, blank=True, help_text="the seat's speciality, if it has one")
    unit_path = PathField(blank=True)
    community_path = PathField()
    date = models.DateField()
    freed_by = models.CharField(
        max_length=10, blank=True, help_text="member, desk, duty (the unit), shift (cancelled), offer (declined or lapsed)"
    )
    attendance = models.CharField(max_length=10, choices=Attendance.choices, default=Attendance.UNMARKED)
    said_here_at = models.DateTimeField(null=True, blank=True, help_text="the member's tap, a favour to the leader")
    on_behalf_by = models.BigIntegerField(null=True, blank=True)
    asked_how = models.CharField(max_length=10, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "member"], condition=~models.Q(state="freed"), name="service_one_place"
            ),
            models.UniqueConstraint(
                fields=["member", "date"], condition=models.Q(state="taken"), name="service_one_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "date"], name="service_booking_member"),
            models.Index(fields=["unit_path", "date"], name="service_booking_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.shift_id}"


class ServiceRecord(Record):
    """A service done. Minutes are actual service without travel; ``added_late`` never goes away."""

    booking = models.OneToOneField("service.Booking", on_delete=models.PROTECT, related_name="record")
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="records")
    shift = models.ForeignKey("service.Shift", on_delete=models.PROTECT, related_name="records")
    town = PathField()
    community_path = PathField()
    unit_path = PathField(blank=True)
    member_kind = models.CharField(max_length=10)
    month = models.CharField(max_length=7)
    date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.DONE)
    words = models.CharField(max_length=60, blank=True, help_text="never for patrol posts")
    findings = models.JSONField(default=list, blank=True, help_text="patrol posts: codes of the pick list")
    evidence = models.CharField(max_length=10, choices=Evidence.choices)
    state = models.CharField(max_length=10, choices=RecordState.choices, default=RecordState.PENDING)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.BigIntegerField(null=True, blank=True)
    counted_month = models.CharField(max_length=7, blank=True, help_text="the month in which it was settled")
    added_late = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=60, blank=True)
    needs_second = models.BooleanField(default=False, help_text="late, over 4 hours or over 5 people: another confirms")
    recorded_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0) & models.Q(minutes__lte=720), name="service_record_minutes"
            )
        ]
        indexes = [
            models.Index(fields=["town", "month", "state"], name="service_record_month"),
            models.Index(fields=["member", "date"], name="service_record_member"),
            models.Index(fields=["unit_path", "month"], name="service_record_unit"),
            models.Index(fields=["community_path", "month"], name="service_record_comm"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.date}"
