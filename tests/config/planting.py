"""What the tests of backup and retention put into an installation, and the values they look for afterwards."""

VALUES = {
    "member name": "买买提伊明·图尔荪托合提",
    "member phone": "13999977701",
    "member note": "周三晚上排练合唱",
    "need text": "地下室水表间的阀门漏了想请人看",
    "contact name": "莫须有阿姨",
    "contact phone": "13999977702",
    "place detail": "八号楼九零九室",
    "need outcome": "换好阀门擦干了地面",
    "rating words": "师傅很快擦得也干净",
}

PLANT = f"""
VALUES = {VALUES!r}
from datetime import date, datetime, timedelta
from baodao.base.actor import PUBLIC, program
from baodao.base.days import clock
from baodao.domain.members import services as members
from baodao.domain.members.rows import NewMember
from baodao.domain.needs import services as needs
from baodao.domain.needs.rows import NewNeed
from baodao.domain.orgs import services as orgs, selectors
ACTOR = program("test")
town = selectors.town_by_code("SZ")
county = selectors.by_path("SX/")
community = orgs.add_org(actor=ACTOR, parent=town, kind="community", org_code="SZ01", name="幸福社区")
unit = orgs.add_unit(actor=ACTOR, county=county, unit_code="U001", name="县水利局")
member = members.add_member(actor=ACTOR, row=NewMember(name=VALUES["member name"], phone=VALUES["member phone"],
    unit=unit, community=community, note=VALUES["member note"]))
stays = members.add_member(actor=ACTOR, row=NewMember(name="陈留", phone="13999977703", unit=unit, community=community))
members.leave(actor=ACTOR, member=member)
made = needs.register(actor=PUBLIC, need=NewNeed(text=VALUES["need text"], community=community,
    contact_name=VALUES["contact name"], contact_phone=VALUES["contact phone"], place_detail=VALUES["place detail"]))
need = made.need
needs.accept(actor=ACTOR, need=need, weight="light", urgency="slow")
needs.finish(actor=ACTOR, need=need, outcome=VALUES["need outcome"])
needs.tell(actor=ACTOR, need=need, told="phone")
needs.rate(actor=PUBLIC, need=need, grade="good", words=VALUES["rating words"])
print(member.code, need.code)
"""

CONTACTS = """
from baodao.domain.members.models import Member
from baodao.domain.needs.models import Need, NeedContact
print(list(Member.objects.order_by("pk").values_list("name", flat=True)))
from baodao.domain.members.models import MemberContact
print([bool(bytes(c.wrapped_key)) for c in MemberContact.objects.order_by("pk")])
print([bool(bytes(c.wrapped_key)) for c in NeedContact.objects.order_by("pk")], [n.text for n in Need.objects.all()])
"""
