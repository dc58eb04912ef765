"""What is there already: units, communities, estates by every name files use for them, and the people of the county.

Loaded once for a file, so that 2,200 rows ask the database no more than one does.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from baodao.base import paths
from baodao.domain.members.models import Employment, Enrolment, LanguageOffered, Member, SkillOffered
from baodao.domain.members.states import MemberState
from baodao.domain.orgs import selectors as orgs

_TAIL = re.compile(r"(?:机关)?(?:党支部|党总支|党委|总支|支部|党组)$")


def plain(text: str) -> str:
    """A name of an organisation as it is compared: width, spaces and brackets made regular."""
    return re.sub(r"[\s()（）·.。\-—]+", "", unicodedata.normalize("NFKC", text)).lower()


class Names:
    """Organisations by every name of theirs; a name two of them share finds none."""

    def __init__(self) -> None:
        self.sure: dict[str, Any] = {}
        self.certain: set[str] = set()
        self.shared: set[str] = set()
        self.labels: dict[str, Any] = {}

    def add(self, thing: Any, label: str, *written: str) -> None:
        """Register the certain names of a thing; ``label`` is what suggestions print."""
        self.labels[label] = thing
        for text in written:
            key = plain(text)
            if key:
                self.sure.setdefault(key, thing)
                self.certain.add(key)

    def add_variant(self, thing: Any, text: str) -> None:
        """Register a shortened name: it counts only while no other thing has it."""
        key = plain(text)
        if len(key) < 2 or key in self.shared:
            return
        held = self.sure.get(key)
        if held is None:
            self.sure[key] = thing
        elif held is not thing:
            self.shared.add(key)

    def find(self, text: str) -> Any:
        """The thing a written name means, or None."""
        key = plain(text)
        found = self.sure.get(key)
        if found is None and _TAIL.search(key):
            key = _TAIL.sub("", key)
            found = self.sure.get(key)
        return None if key in self.shared and key not in self.certain else found

    def find_start(self, text: str) -> tuple[Any, str]:
        """(thing, rest) where a text begins with a name: ``县教育局科员``."""
        key = plain(text)
        best = max((name for name in self.sure if key.startswith(name) and len(name) > 2), key=len, default="")
        return (self.sure[best], key[len(best) :]) if best and best not in self.shared else (None, "")

    def suggest(self, text: str) -> str:
        """The label most like a written name, or an empty string; a hint, never taken by itself."""
        by_key = {plain(label): label for label in self.labels}
        near = difflib.get_close_matches(_TAIL.sub("", plain(text)), list(by_key), n=1, cutoff=0.4)
        return by_key[near[0]] if near else ""


@dataclass(slots=True)
class Person:
    """One member as the check compares: the record, where it is now, what it offers."""

    member: Member
    phone_index: str
    unit: Any
    employment: Employment | None
    enrolment: Enrolment | None
    skills: dict[str, str]
    skill_words: list[str]
    languages: list[str]

    @property
    def community_path(self) -> str:
        """Where the person serves now; empty when nowhere."""
        return self.enrolment.community_path if self.enrolment else ""

    @property
    def home(self) -> str:
        """What tells people of one name apart beside the telephone: the unit, else the community."""
        return self.unit.path if self.unit else self.community_path


@dataclass(slots=True)
class Known:
    """Everything a check asks."""

    county: str
    units: Names = field(default_factory=Names)
    communities: Names = field(default_factory=Names)
    estates: dict[str, Names] = field(default_factory=dict)
    party_orgs: dict[str, Names] = field(default_factory=dict)
    by_name_phone: dict[tuple[str, str], Person] = field(default_factory=dict)
    by_name_home: dict[tuple[str, str], list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_phone: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_code: dict[str, Person] = field(default_factory=dict)

    def people(self) -> list[Person]:
        """Everybody, in the order of the ledger."""
        return list(self.by_code.values())


def load(county: str, town: str = "") -> Known:
    """Read names and people of a county; communities of ``town`` only, when one is said."""
    known = Known(county)
    top = orgs.by_path(county)
    places = [top, *orgs.towns()]
    heads = ["县", "镇", *(one.name for one in places), *(one.name[:-1] for one in places), *(one.short_name for one in places)]
    for unit in orgs.units(county):
        names = [unit.name, unit.short_name, unit.unit_code, unit.path, unit.party_org_name, *unit.other_names]
        known.units.add(unit, unit.name, *names)
    for unit in orgs.units(county):
        for head in filter(None, heads):
            if unit.name.startswith(head):
                known.units.add_variant(unit, unit.name[len(head) :])
            known.units.add_variant(unit, head + unit.name)
    for one in orgs.communities(town or county):
        known.communities.add(one, one.name, one.name, one.short_name, one.org_code, one.path)
        known.communities.add_variant(one, one.name.removesuffix("社区"))
        known.communities.add_variant(one, one.name + "社区")
        known.estates[one.path] = _named(orgs.estates(one))
    _load_party_orgs(known, town or county)
    _load_people(known)
    return known


def _named(things: list[Any]) -> Names:
    names = Names()
    for one in things:
        names.add(one, one.name, one.name, one.org_code)
        names.add_variant(one, one.name.removesuffix("小区"))
    return names


def _load_party_orgs(known: Known, path: str) -> None:
    for one in orgs.party_orgs(path).select_related("org"):
        names = known.party_orgs.setdefault(paths.community_of(one.org.path) or one.org.path, Names())
        names.add(one, one.name, one.name)


def _load_people(known: Known) -> None:
    """Everybody on the ledger; rows beside them are grouped by hand, which costs a fifth of a prefetch here."""
    rows = Member.objects.filter(county=known.county, erased_at__isnull=True).exclude(state=MemberState.LEFT)
    here = {"member__county": known.county, "member__erased_at__isnull": True}
    employments = Employment.objects.filter(until__isnull=True, **here).select_related("unit")
    enrolments = Enrolment.objects.filter(until__isnull=True, **here).select_related("community", "estate")
    jobs = {row.member_id: row for row in employments}
    places = {row.member_id: row for row in enrolments}
    skills: dict[int, dict[str, str]] = defaultdict(dict)
    words: dict[int, list[str]] = defaultdict(list)
    languages: dict[int, list[str]] = defaultdict(list)
    offered = SkillOffered.objects.filter(**here).order_by("pk")
    for key, code, level, text in offered.values_list("member_id", "skill", "level", "words"):
        if code:
            skills[key][code] = level
        else:
            words[key].append(text)
    for key, code in LanguageOffered.objects.filter(**here).order_by("pk").values_list("member_id", "language"):
        languages[key].append(code)
    for member in rows.select_related("contact").order_by("sort_surname", "pk"):
        contact, job = getattr(member, "contact", None), jobs.get(member.pk)
        one = Person(
            member=member,
            phone_index=contact.phone_index if contact else "",
            unit=job.unit if job else None,
            employment=job,
            enrolment=places.get(member.pk),
            skills=skills.get(member.pk, {}),
            skill_words=words.get(member.pk, []),
            languages=languages.get(member.pk, []),
        )
        keep(known, one)


def keep(known: Known, one: Person) -> None:
    """Enter a person into every index."""
    name = one.member.name
    known.by_code[one.member.code] = one
    known.by_name[name].append(one)
    known.by_name_home[(name, one.home)].append(one)
    if one.phone_index:
        known.by_name_phone.setdefault((name, one.phone_index), one)
        known.by_phone[one.phone_index].append(one)
