"""班次·占位·点名·服务记录 service: what is done, when, by whom, and who confirmed it (S12).

Nouns: Batch (shifts on chosen days, filled by tier), Shift, Booking (a place in a shift), ServiceRecord.
Promises: a place is never given twice (one conditional update decides); a record needs the confirmation of the person
served or of the post's supervisor; what was added late says so for ever; there is no photo, no location, no sign-out.
"""
