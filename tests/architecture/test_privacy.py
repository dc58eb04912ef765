"""Red lines of the data model: columns that must never exist, and the register of personal and free-text fields."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from baodao.config import privacy

FORBIDDEN = {
    "gender", "sex", "birth", "birthday", "birth_date", "age", "ethnicity", "ethnic", "nation", "nationality", "minzu",
    "is_minority", "name_type", "name_custom", "religion", "belief", "id_number", "id_card", "idcard", "identity",
    "health", "illness", "disability", "political", "membership_status", "family", "spouse", "income", "attention",
    "key_person", "watch", "risk_level", "credit", "credit_code", "latitude", "longitude", "location", "gps", "geo",
    "photo", "image", "face", "fingerprint", "rank", "ranking", "star", "veto", "quota", "login_count", "last_login",
    "online_seconds", "thought", "attitude", "door_number", "household_id", "acceptance_rate", "opinion_of_person",
}  # fmt: skip
OURS = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("baodao.")]


def test_no_forbidden_column_exists():
    found = [f"{m._meta.label}.{f.name}" for m in OURS for f in m._meta.concrete_fields if f.name in FORBIDDEN]
    assert found == []


def test_language_is_in_no_list_column_of_members():
    member = apps.get_model("members", "Member")
    assert [f.name for f in member._meta.concrete_fields if "lang" in f.name] == []


def test_free_text_is_short():
    long = [
        f"{m._meta.label}.{f.name}"
        for m in OURS
        for f in m._meta.concrete_fields
        if isinstance(f, models.CharField) and (f.max_length or 0) > 300
    ]
    assert long == []
    assert [f"{m._meta.label}.{f.name}" for m in OURS for f in m._meta.concrete_fields if isinstance(f, models.TextField)
            and not isinstance(f, models.CharField)] == []


FREE = {"text", "words", "note", "reason", "opinion", "outcome", "answer", "goal", "when", "quality", "duties", "progress",
        "name", "phone", "place_detail", "review_words", "late_reason", "minutes_text", "time_note", "tier_reason"}  # fmt: skip
PERSONAL_TABLES = {"member", "membercontact", "needcontact", "need", "needevent", "needrating", "suggestion", "commitment",
                   "servicerecord", "memberchange", "account", "look"}  # fmt: skip


def test_every_personal_and_free_text_field_is_registered():
    registered = {(field.table, field.column) for field in privacy.fields()}
    missing = [
        f"{m._meta.app_label}.{m._meta.model_name}.{f.name}"
        for m in OURS
        if m._meta.model_name in PERSONAL_TABLES
        for f in m._meta.concrete_fields
        if f.name in FREE and (m._meta.model_name, f.name) not in registered
    ]
    assert missing == []


def test_the_register_names_real_columns():
    known = {(m._meta.app_label, m._meta.model_name, f.name) for m in OURS for f in m._meta.concrete_fields}
    assert [f for f in privacy.fields() if (f.area, f.table, f.column) not in known] == []


@pytest.mark.parametrize("field", privacy.fields(), ids=lambda f: f"{f.table}.{f.column}")
def test_a_registered_field_says_why_who_and_how_long(field):
    assert field.purpose and field.readers and field.limit and 0 < field.length <= 300
