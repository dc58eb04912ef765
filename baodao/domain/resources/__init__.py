"""场地·公开日 resources: what units lend, and the weekly open day (S9).

Nouns: Resource (a venue, a course, an expert's hour), OpenDay (a unit's turn in a community; a head count, no list).
Promise: the tables carry S9; booking and rota come later, so no page claims them.
"""
