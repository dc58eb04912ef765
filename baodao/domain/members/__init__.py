"""党员台账·报到·特长·时间 members: the ledger of those who serve (S3).

Nouns: Member (in-service or community), MemberContact (sealed), Employment and Enrolment (dated, one open row of each),
Skill offered, LanguageOffered, BlockedDay, MemberChange (history), Invitation cards (through accounts), ImportBatch.
Promises: in-service and community members are counted apart; nothing forbidden has a column; a clerk sees a member
through an enrolment under her path, a liaison through an employment at his unit; importing twice changes nothing.
"""
