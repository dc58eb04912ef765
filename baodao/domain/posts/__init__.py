"""岗位·长期认领·承诺·编组·结对 posts: what the community needs done and who holds it (S5, S7, S8, S10, S11).

Nouns: Post, PostNeed (the needs it came from), Claim (a member holds a post), Commitment (goal, time, quality; reviewed,
shown, answered for), Team, Pairing (unit ↔ community), Fixing (member, post, time).
Promises: a commitment is shown only after the secretary's review and in the name form the member chose; what a clerk
does for a member is marked 代办 and can be undone for 7 days; pairing never reaches a person or household.
"""
