"""What the ledger keeps about a person, why, for whom, how long; and what goes when its time is over.

After leaving: the telephone 30 days, the record a year (then a pseudonym, totals stay). Import files seven days.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from baodao.base.actor import Actor, program
from baodao.base.days import clock
from baodao.base.days.clock import ZONE
from baodao.domain.accounts import services as accounts
from baodao.domain.audit.services import record, service
from baodao.domain.erasures import Eraser
from baodao.domain.members import services
from baodao.domain.members.models import (
    BlockedDay,
    Enrolment,
    ImportBatch,
    LanguageOffered,
    Member,
    MemberChange,
    MemberContact,
    SkillOffered,
)
from baodao.domain.members.states import ImportState, MemberState
from baodao.domain.registered import Field

_STAFF = "报到社区专干、本单位联络员、本人"
_YEAR = "离开 1 年后改成代号"
FIELDS = [
    Field("members", "member", "name", "登记、排班、联系", 100, _STAFF, _YEAR),
    Field("members", "member", "name_pinyin", "按拼音找人", 200, _STAFF, _YEAR),
    Field("members", "member", "name_initials", "按拼音首字母找人", 60, _STAFF, _YEAR),
    Field("members", "member", "job_title", "单位台账", 40, _STAFF, _YEAR),
    Field("members", "member", "party_org_name", "单位台账、回执", 60, _STAFF, _YEAR),
    Field("members", "member", "time_note", "可服务时间的原话", 60, _STAFF, _YEAR),
    Field("members", "member", "note", "备注，不写健康、信仰、家庭", 120, _STAFF, _YEAR),
    Field("members", "membercontact", "phone", "安排服务时联系", 20, f"{_STAFF}，每次看都留名", "离开 30 天后销毁密钥"),
    Field("members", "skilloffered", "words", "特长的原话", 40, _STAFF, _YEAR),
    Field("members", "languageoffered", "language", "配一个岗位", 10, "本人", _YEAR),
    Field("members", "enrolment", "home_community", "确定报到社区", 60, _STAFF, _YEAR),
    Field("members", "enrolment", "team_name", "编组", 40, _STAFF, _YEAR),
    Field("members", "memberchange", "old", "变更经过", 120, _STAFF, _YEAR),
    Field("members", "memberchange", "new", "变更经过", 120, _STAFF, _YEAR),
    Field("members", "importbatch", "file_name", "导入登记", 120, "导入的人、同一范围的专干", "3 年"),
    Field("members", "importbatch", "file_copy", "核对导入，去掉了不该留的列", 300, "导入的人", "7 天后销毁密钥"),
]
CONTACT_DAYS, RECORD_DAYS, FILE_DAYS, REGISTER_DAYS = 30, 365, 7, 3 * 365 + 1


def erase_contacts(codes: list[str]) -> int:
    """Destroy the data keys of these members' telephones; says how many were still there."""
    held = MemberContact.objects.filter(member__code__in=codes).exclude(wrapped_key=b"", phone_index="")
    return held.update(wrapped_key=b"", phone=b"", phone_index="", tail_index="", erased_at=clock.now())


def forget(codes: list[str]) -> int:
    """Make these members nameless: a pseudonym, no words, no history, no languages; dates and totals stay."""
    erase_contacts(codes)
    people = list(Member.objects.filter(code__in=codes, erased_at__isnull=True))
    keys = [one.pk for one in people]
    for one in people:
        one.name = f"已离开-{one.code[:4]}"
        one.name_pinyin = one.name_initials = one.sort_surname = one.sort_name = ""
        one.job_title = one.party_org_name = one.time_note = one.note = ""
        one.slots, one.wishes = [], []
        one.erased_at = clock.now()
        one.stamp()
    columns = ["name", "name_pinyin", "name_initials", "sort_surname", "sort_name", "job_title", "party_org_name",
               "time_note", "note", "slots", "wishes", "erased_at", "changed_at"]  # fmt: skip
    Member.objects.bulk_update(people, columns, batch_size=200)
    for rows in (SkillOffered, LanguageOffered, BlockedDay, MemberChange):
        rows.objects.filter(member_id__in=keys).delete()
    accounts.forget_members(actor=program("retention"), member_ids=keys)
    Enrolment.objects.filter(member_id__in=keys).update(home_community="", team_name="", estate=None, slip_number="")
    return len(people)


def shred_batches(codes: list[str]) -> int:
    """Destroy the files of these batches."""
    return services.shred(list(ImportBatch.objects.filter(code__in=codes).values_list("pk", flat=True)))


def remove_undone(codes: list[str]) -> int:
    """Members whose import was taken back: after a restore they go again, with everything of theirs."""
    return Member.objects.filter(code__in=codes).delete()[0]


ERASERS: dict[str, Eraser] = {
    "member_contact": erase_contacts,
    "member": forget,
    "import_file": shred_batches,
    "member_undone": remove_undone,
}


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Destroy what the retention table says is over; returns (kind, public code) of each."""
    gone = Member.objects.filter(state=MemberState.LEFT, left_on__isnull=False)
    contact = list(
        gone.filter(left_on__lte=today - timedelta(days=CONTACT_DAYS), contact__erased_at__isnull=True,
                    contact__isnull=False).values_list("code", flat=True)
    )
    records = gone.filter(left_on__lte=today - timedelta(days=RECORD_DAYS), erased_at__isnull=True)
    people = list(records.values_list("pk", "code"))
    moment = datetime.combine(today, time(), tzinfo=ZONE)
    old = ImportBatch.objects.filter(shredded_at__isnull=True, created_at__lt=moment - timedelta(days=FILE_DAYS))
    files = list(old.values_list("code", flat=True))
    erase_contacts(contact)
    MemberContact.objects.filter(member__code__in=contact, erased_at__isnull=True).update(erased_at=clock.now())
    forget([code for _key, code in people])
    old.filter(state=ImportState.DRAFT).update(state=ImportState.DROPPED)
    shred_batches(files)
    ImportBatch.objects.filter(created_at__lt=moment - timedelta(days=REGISTER_DAYS)).delete()
    BlockedDay.objects.filter(last__lt=today - timedelta(days=RECORD_DAYS)).delete()
    done = [("member_contact", code) for code in contact] + [("member", code) for _key, code in people]
    done += [("import_file", code) for code in files]
    if done:
        record("members.erased", actor=actor, data={"contacts": len(contact), "people": len(people), "files": len(files)})
    return done
