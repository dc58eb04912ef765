"""诉求 needs: what residents choose to ask, from the door, the counter, the phone or a QR code (S4).

Nouns: Need, NeedContact (sealed), NeedEvent (its public timeline), Slip (the done page's sealed code and secret),
NeedRating (of the service).
Promises: no login; every need ends with an outcome told to the resident; nothing gathers needs by phone, name or door;
a text about another person's conduct is not taken; contact dies 30 days after closing.
"""
