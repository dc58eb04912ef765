"""评价·投诉·建议·感谢·微课 voices: suggestions anybody may leave, answered by a date (S16).

Nouns: Suggestion (意见建议: to a community or the town, signed or not), SkillCard (a five-minute card tied to a kind of
post).
Promises: every suggestion gets an answer by a date; nothing says who refused what.
"""
