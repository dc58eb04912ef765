"""A ledger file comes in: the rules of reading, one by one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.members import selectors, services
from baodao.domain.members.models import ImportBatch, Member
from tests.cast import PROGRAM
from tests.domain.members.sheets import HEAD, book, person


def bring(cast, rows, head=HEAD, *, actor=PROGRAM, scope=None, name="名单.xlsx", **more):
    town = cast.town.path
    found, batch = services.import_file(
        actor=actor, data=book(rows, head), filename=name, scope=scope or town, town=town, **more)
    return found.as_dict(batch.code if batch else None)


def counts(answer):
    return {key: answer[key] for key in ("rows", "added", "updated", "unchanged", "skipped")} | {
        "rejected": sorted((p["row"], p["column"], p["code"]) for p in answer["rejected"])}


def outcome(rows=0, added=0, updated=0, unchanged=0, skipped=0, rejected=()):
    return {"rows": rows, "added": added, "updated": updated, "unchanged": unchanged, "skipped": skipped,
            "rejected": list(rejected)}


def told(answer, code):
    return [(p["row"], p["column"]) for p in answer["warnings"] if p["code"] == code]


def test_the_shape_of_the_answer(cast):
    answer = bring(cast, [person("王强", "1380001")])
    assert set(answer) == {"rows", "added", "updated", "unchanged", "skipped", "rejected", "warnings", "batch"}
    assert answer["batch"] is None
    assert answer["rejected"] == [{
        "sheet": "名单", "row": 3, "column": "联系电话", "value": "1380001", "code": "phone",
        "message": "手机号是 11 位，这里有 7 位", "suggestion": "手机号是 11 位，固定电话要带区号，例如 0997-1234567；一格只填一个号码"}]


def test_people_come_in_with_what_the_file_says(cast):
    rows = [person("王  强", 13800010001, skills="电工（持证）、变魔术", when="周末、看情况", wishes="治安巡逻",
                   reported="2026.3.5", note="钥匙在门卫"),
            person("阿依古丽•吐尔逊", "138 0001 0002", unit="U001", community="SZ01")]
    answer = bring(cast, rows)
    assert counts(answer) == outcome(2, added=2)
    first = Member.objects.get(name="王强")
    assert (first.wishes, first.note, first.time_note, first.slots[:1]) == (["patrol"], "钥匙在门卫", "看情况", ["saturday_morning"])
    assert [(s.skill, s.level, s.words) for s in first.skills.order_by("pk")] == [("electric", "certified", ""), ("", "can", "变魔术")]
    assert selectors.enrolment_of(first).reported_on == date(2026, 3, 5)
    assert Member.objects.filter(name="阿依古丽·吐尔逊").count() == 1
    assert answer["batch"] == ImportBatch.objects.get().code


def test_importing_the_same_file_again_changes_nothing(cast):
    rows = [person("王强", "13800010001", skills="电工", when="周末", wishes="巡逻", reported="2026-03-05", note="x"),
            person("李芳", "13800010002")]
    bring(cast, rows)
    before = {m.code: (m.version, m.changed_at) for m in Member.objects.all()}
    assert counts(bring(cast, rows)) == outcome(2, unchanged=2)
    assert {m.code: (m.version, m.changed_at) for m in Member.objects.all()} == before


def test_one_bad_row_means_nothing_unless_partial(cast):
    rows = [person("王强", "13800010001"), person("李芳", "1.38E+10")]
    before = Member.objects.count()
    assert counts(bring(cast, rows)) == outcome(2, added=1, rejected=[(4, "联系电话", "lost_digits")])
    assert (Member.objects.count(), ImportBatch.objects.count()) == (before, 0)
    answer = bring(cast, rows, partial=True)
    assert counts(answer) == outcome(2, added=1, rejected=[(4, "联系电话", "lost_digits")])
    assert sorted(Member.objects.values_list("name", flat=True)) == sorted(["陈晨", "周平", "王强"])


def test_a_rehearsal_writes_nothing(cast):
    answer = bring(cast, [person("王强", "13800010001")], dry_run=True)
    assert counts(answer) == outcome(1, added=1)
    assert answer["batch"] is None
    assert (Member.objects.count(), ImportBatch.objects.count()) == (2, 0)


def test_unknown_unit_and_community_get_a_suggestion(cast):
    answer = bring(cast, [person("王强", "13800010001", unit="县水力局"), person("李芳", "13800010002", community="幸服社区")])
    assert [(p["code"], p["value"], p["suggestion"]) for p in answer["rejected"]] == [
        ("unit", "县水力局", "是不是县水利局？"), ("community", "幸服社区", "是不是幸福社区？")]


@pytest.mark.parametrize("written", ["县水利局", "水利局", "U001", "u001", "县水利局党支部", " 县水利局 ", "示例县水利局"])
def test_a_unit_is_known_by_its_names_and_its_code(cast, written):
    assert counts(bring(cast, [person("王强", "13800010001", unit=written)], dry_run=True)) == outcome(1, added=1)


def test_with_a_unit_the_rows_are_that_units(cast):
    answer = bring(cast, [person("王强", "13800010001", unit="镇上哪个单位"), person("李芳", "13800010002", unit="县教育局"),
                          person("方圆", "13800010003", unit="")], scope=cast.unit.path, unit=cast.unit.path)
    assert counts(answer) == outcome(3, added=3)
    assert told(answer, "unit") == [(3, "工作单位"), (4, "工作单位")]
    assert {selectors.unit_of(m).unit_code for m in Member.objects.exclude(name__in=["陈晨", "周平"])} == {"U001"}
    assert {selectors.enrolment_of(m).state for m in Member.objects.exclude(name__in=["陈晨", "周平"])} == {"issued"}


def test_same_name_and_unit_with_another_phone_is_asked_never_merged(cast):
    bring(cast, [person("王强", "13800010001")])
    answer = bring(cast, [person("王强", "13800010009")])
    assert counts(answer) == outcome(1, rejected=[(3, "姓名", "homonym")])
    # the file lists both: they are two people
    answer = bring(cast, [person("王强", "13800010009"), person("王强", "13800010001")])
    assert counts(answer) == outcome(2, added=1, unchanged=1)
    assert Member.objects.filter(name="王强").count() == 2


def test_same_name_in_another_unit_is_another_person(cast):
    bring(cast, [person("王强", "13800010001")])
    assert counts(bring(cast, [person("王强", "13800010009", unit="县教育局")])) == outcome(1, added=1)
    assert Member.objects.filter(name="王强").count() == 2


def test_same_name_and_phone_is_the_same_person_in_a_new_unit_and_community(cast):
    bring(cast, [person("王强", "13800010001")])
    answer = bring(cast, [person("王强", "13800010001", unit="县教育局", community="健康社区")])
    assert counts(answer) == outcome(1, updated=1)
    one = Member.objects.get(name="王强")
    assert [(e.unit.unit_code, e.until) for e in one.employments.order_by("pk")] == [("U001", date(2026, 11, 24)), ("U002", None)]
    assert [(e.community.org_code, e.until) for e in one.enrolments.order_by("pk")] == [
        ("SZ01", date(2026, 11, 24)), ("SZ02", None)]


def test_a_person_written_twice_counts_once(cast):
    answer = bring(cast, [person("王强", "13800010001"), person("王强", "13800010001")])
    assert counts(answer) == outcome(2, added=1, skipped=1)
    assert told(answer, "duplicate") == [(4, "姓名")]
    answer = bring(cast, [person("方圆", "13800010002"), person("方圆", "13800010002", unit="县教育局")])
    assert counts(answer) == outcome(2, added=1, rejected=[(4, "姓名", "duplicate")])


def test_two_people_with_one_mobile_are_asked_and_with_one_landline_are_not(cast):
    bring(cast, [person("王强", "13800010001"), person("方圆", "0997-1234567")])
    assert counts(bring(cast, [person("李芳", "13800010001")])) == outcome(1, rejected=[(3, "联系电话", "duplicate")])
    assert counts(bring(cast, [person("李芳", "0997-1234567")])) == outcome(1, added=1)


def test_missing_columns_and_cells_leave_what_is_stored(cast):
    bring(cast, [person("王强", "13800010001", skills="电工", when="周末", note="x", reported="2026-03-05")])
    head = ["姓名", "工作单位", "联系电话"]
    assert counts(bring(cast, [["王强", "县水利局", "13800010001"]], head)) == outcome(1, unchanged=1)
    assert counts(bring(cast, [person("王强", "13800010001")])) == outcome(1, unchanged=1)
    one = Member.objects.get(name="王强")
    assert (one.note, [s.skill for s in one.skills.all()], len(one.slots)) == ("x", ["electric"], 6)


def test_what_a_new_person_needs(cast):
    answer = bring(cast, [person("", "13800010001"), person("王强", ""), person("李芳", "13800010002", unit=""),
                          person("方圆", "13800010003", community="")])
    assert counts(answer) == outcome(4, rejected=[
        (3, "姓名", "missing"), (4, "联系电话", "missing"), (5, "工作单位", "missing"), (6, "报到社区", "missing")])


def test_somebody_known_needs_no_phone(cast):
    assert counts(bring(cast, [person("陈晨", "", skills="法律")])) == outcome(1, updated=1)
    assert [s.skill for s in cast.chen.skills.all()] == ["law"]
    assert counts(bring(cast, [person("陈晨", "13800010007")])) == outcome(1, updated=1)
    assert selectors.contact_masked(Member.objects.get(pk=cast.chen.pk)) == "138****0007"


def test_community_members_need_no_unit_and_are_counted_apart(cast):
    head = ["姓名", "类别", "联系电话", "报到社区"]
    assert counts(bring(cast, [["王强", "社区", "13800010001", "幸福社区"]], head)) == outcome(1, added=1)
    one = Member.objects.get(name="王强")
    assert (one.kind, one.employments.count(), selectors.enrolment_of(one).slip_number) == ("community", 0, "")


def test_an_impossible_date_is_warned_of(cast):
    answer = bring(cast, [person("王强", "13800010001", reported="2026.13.1"), person("李芳", "13800010002", reported="2027-01-01")])
    assert counts(answer) == outcome(2, added=2)
    assert told(answer, "date") == [(3, "报到时间"), (4, "报到时间")]
    assert selectors.enrolment_of(Member.objects.get(name="王强")).reported_on is None


def test_too_long(cast):
    answer = bring(cast, [person("王强", "13800010001", note="长" * 121), person("甲" * 101, "13800010002")])
    assert counts(answer) == outcome(2, rejected=[(3, "备注", "too_long"), (4, "姓名", "too_long")])


def test_unknown_columns_are_named(cast):
    answer = bring(cast, [[*person("王强", "13800010001"), "蓝"]], [*HEAD, "喜欢的颜色"])
    assert told(answer, "unknown_column") == [(None, "喜欢的颜色")]


def test_a_file_without_a_head_is_refused(cast):
    with pytest.raises(Refused) as refused:
        bring(cast, [["a", "b"]], ["甲乙", "丙丁"])
    assert refused.value.code == "file"


def test_direction_controls_are_not_kept(cast):
    bring(cast, [person("王\u202e强", "13800010001", note="好\u200b的\u2066人")])
    one = Member.objects.get(name="王强")
    assert one.note == "好的人"


def test_an_import_makes_no_login(cast):
    from baodao.domain.accounts.models import Account

    before = Account.objects.count()
    bring(cast, [person("王强", "13800010001")])
    assert Account.objects.count() == before


def test_the_clerks_file_touches_her_community_alone(cast):
    clerk = cast.actor("clerk")
    answer = bring(cast, [person("王强", "13800010001"), person("李芳", "13800010002", community="健康社区"),
                          person("方圆", "13800010003", community="")], actor=clerk, scope=cast.xingfu.path)
    assert counts(answer) == outcome(3, added=2, skipped=1)
    assert {selectors.enrolment_of(m).community_path for m in Member.objects.filter(name__in=["王强", "方圆"])} == {cast.xingfu.path}
    answer = bring(cast, [person("周平", "", unit="县教育局", community="")], actor=clerk, scope=cast.xingfu.path)
    assert counts(answer) == outcome(1, skipped=1)
    for login in ("clerk2", "grid", "member", "county", "sysadmin", "secadmin", "auditor", "townlead"):
        with pytest.raises(Refused):
            bring(cast, [person("方圆", "13800010005")], actor=cast.actor(login), scope=cast.xingfu.path)


def test_who_is_missing_is_listed_and_kept(cast):
    found, _batch = services.import_file(
        actor=PROGRAM, data=book([person("王强", "13800010001")]), filename="a.xlsx", scope=cast.town.path, town=cast.town.path)
    assert [one.member.name for one in found.missing] == ["陈晨"]
    assert Member.objects.get(pk=cast.chen.pk).state == "active"


def test_a_whole_import_is_taken_back(cast):
    services.change_member(actor=PROGRAM, member=cast.chen, version=1, changes={"job_title": "科员"})
    bring(cast, [person("陈晨", "13800010007", skills="法律", note="新"), person("王强", "13800010001")])
    batch = ImportBatch.objects.get()
    assert services.undo_import(actor=PROGRAM, batch=batch) == {"removed": 1, "restored": 1, "kept": 0}
    chen = Member.objects.get(pk=cast.chen.pk)
    assert (chen.note, chen.job_title, chen.skills.count(), selectors.contact_masked(chen)) == ("", "科员", 0, "")
    assert not Member.objects.filter(name="王强").exists()
    assert ImportBatch.objects.get().state == "undone"
    with pytest.raises(Refused):
        services.undo_import(actor=PROGRAM, batch=ImportBatch.objects.get())


def test_taking_back_keeps_what_somebody_changed_since(cast):
    bring(cast, [person("陈晨", "", note="来自文件")])
    chen = Member.objects.get(pk=cast.chen.pk)
    services.change_member(actor=PROGRAM, member=chen, version=chen.version, changes={"note": "手改"})
    assert services.undo_import(actor=PROGRAM, batch=ImportBatch.objects.get()) == {"removed": 0, "restored": 0, "kept": 1}
    assert Member.objects.get(pk=cast.chen.pk).note == "手改"


def test_taking_back_a_move(cast):
    bring(cast, [person("王强", "13800010001")])
    bring(cast, [person("王强", "13800010001", unit="县教育局", community="健康社区", reported="2026-11-20")])
    services.undo_import(actor=PROGRAM, batch=ImportBatch.objects.order_by("pk").last())
    one = Member.objects.get(name="王强")
    assert [(e.unit.unit_code, e.until) for e in one.employments.all()] == [("U001", None)]
    assert [(e.community.org_code, e.until, e.state) for e in one.enrolments.all()] == [("SZ01", None, "reported")]


def test_after_a_day_it_is_too_late(cast):
    bring(cast, [person("王强", "13800010001")])
    with clock.freeze(datetime(2026, 11, 25, 12, 1)), pytest.raises(Refused):
        services.undo_import(actor=PROGRAM, batch=ImportBatch.objects.get())
    assert Member.objects.filter(name="王强").count() == 1
    with clock.freeze(datetime(2026, 11, 24, 12, 0) + timedelta(hours=24)):
        assert services.undo_import(actor=PROGRAM, batch=ImportBatch.objects.get())["removed"] == 1


def test_a_draft_is_corrected_and_committed(cast):
    clerk = cast.actor("clerk")
    data = book([person("王强", "1380001"), person("李芳", "13800010002", unit="水力局"), person("方圆", "13800010003")],
                [*HEAD[:5], "技艺", *HEAD[6:]])
    batch = services.start_import(actor=clerk, data=data, filename="表.xlsx", scope=cast.xingfu.path)
    assert services.preview(actor=clerk, batch=batch).counts["rejected"] == 2
    with pytest.raises(Refused):
        services.commit_import(actor=clerk, batch=batch)
    assert Member.objects.count() == 2
    services.correct(actor=clerk, batch=batch, version=batch.version, edits={"0": {"phone": "13800010001"}},
                     words={"unit:水力局": cast.unit.path}, choices={"2": "skip"}, columns={"0:5": "skills"})
    with pytest.raises(Refused):
        services.correct(actor=clerk, batch=batch, version=1, choices={"0": "skip"})
    assert services.preview(actor=clerk, batch=batch).counts == {
        "rows": 3, "added": 2, "updated": 0, "unchanged": 0, "skipped": 1, "rejected": 0}
    services.commit_import(actor=clerk, batch=batch)
    assert sorted(Member.objects.values_list("name", flat=True)) == sorted(["陈晨", "周平", "王强", "李芳"])
    with pytest.raises(Refused):
        services.commit_import(actor=clerk, batch=ImportBatch.objects.get())


def test_the_answer_to_a_homonym(cast):
    clerk = cast.actor("clerk")
    bring(cast, [person("王强", "13800010001")])
    old = Member.objects.get(name="王强")
    data = book([person("王强", "13800010009")])
    batch = services.start_import(actor=clerk, data=data, filename="a.xlsx", scope=cast.xingfu.path)
    line = services.preview(actor=clerk, batch=batch).lines[0]
    assert [one.member.code for one in line.same] == [old.code]
    services.correct(actor=clerk, batch=batch, choices={"0": f"same:{old.code}"})
    services.commit_import(actor=clerk, batch=batch)
    assert selectors.contact_masked(Member.objects.get(name="王强")) == "138****0009"
    batch = services.start_import(actor=clerk, data=book([person("王强", "13800010005")]), filename="a.xlsx", scope=cast.xingfu.path)
    services.correct(actor=clerk, batch=batch, choices={"0": "other"})
    services.commit_import(actor=clerk, batch=batch)
    assert Member.objects.filter(name="王强").count() == 2


def test_a_file_without_the_column_of_communities_adds_units_members_who_report_nowhere_yet(cast):
    answer = bring(cast, [["王强", "县水利局", "13800010001"]], ["姓名", "工作单位", "联系电话"])
    assert counts(answer) == outcome(1, added=1)
    assert told(answer, "missing") == [(None, "报到社区")]
    one = Member.objects.get(name="王强")
    assert one.enrolments.count() == 0
    assert sorted(m.name for m in selectors.visible(cast.actor("liaison"))) == sorted(["王强", "陈晨"])
    assert counts(bring(cast, [person("王强", "13800010001")])) == outcome(1, updated=1)
    assert selectors.community_of(Member.objects.get(name="王强")) == cast.xingfu


def test_the_exported_ledger_comes_back_unchanged(cast):
    from baodao.domain.members.papers import ledger
    from baodao.domain.members.rows import NewMember
    from baodao.domain.orgs.models import PartyOrg

    branch = PartyOrg.objects.create(name="第一党支部", kind="branch", org=cast.xingfu, since=date(2020, 1, 1))
    rows = [
        NewMember(name="王强", phone="13800010001", unit=cast.unit, community=cast.xingfu, estate=cast.estate,
                  skills=[("electric", "certified"), ("law", "skilled")], skill_words=["口技"], slots=["saturday_morning"],
                  wishes=["patrol", "open_day"], reported_on=date(2026, 3, 5), job_title="科员", party_org_name="机关党支部",
                  team_name="水电队", note="钥匙在门卫", home_community="幸福社区", languages=["ug"]),
        NewMember(name="李芳", phone="0997-1234567", kind="community", community=cast.xingfu, party_org=branch, time_note="看情况"),
        NewMember(name="努尔比亚·阿卜杜克热木", phone="13800010003", unit=cast.unit, community=cast.xingfu,
                  slots=["workday_evening"], time_note="有时不行"),
    ]
    services.add_members_many(actor=PROGRAM, rows=rows)
    before = {m.code: (m.version, m.changed_at) for m in Member.objects.all()}
    found, _batch = services.import_file(
        actor=PROGRAM, data=ledger(PROGRAM, cast.xingfu.path), filename="a.xlsx", scope=cast.town.path, town=cast.town.path)
    assert [line.changes for line in found.lines] == [[], [], [], []]
    assert counts(found.as_dict()) == outcome(4, unchanged=4)
    assert found.warnings == []
    assert {m.code: (m.version, m.changed_at) for m in Member.objects.all()} == before


def test_a_number_in_a_name_is_taken_out_and_the_row_asked_about(cast):
    answer = bring(cast, [person("证丙910105194912310021", 13800010001)])
    assert counts(answer) == outcome(1, rejected=[(3, "姓名", "id_number")])
    assert answer["rejected"][0]["value"] == "证丙"
    assert Member.objects.filter(name__startswith="证丙").count() == 0


def test_a_phone_that_may_have_been_rounded_is_taken_and_asked_about(cast):
    answer = bring(cast, [person("王强", 1.38e10), person("李梅", 13800000001)])
    assert counts(answer) == outcome(2, added=2)
    assert told(answer, "lost_digits") == [(3, "联系电话")]
