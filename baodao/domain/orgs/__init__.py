"""县·镇·社区·网格·小区·单位·党组织 orgs: the two trees of S1 and S2 and the places that QR codes name.

Nouns: Org (county → town → community → grid → estate), Unit (an employer, under the county), PartyOrg (on the community
side), OrgPast (names and places by date), Place (what a QR code stands for), Setting (a town's choices).
Promises: paths are unique and moved in one statement; organisations are ordered by hand, never by name; nothing is
deleted, only closed by a date; counts are counted.
"""
