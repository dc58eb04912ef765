"""匹配·邀请 matching: who could go where, proposed with reasons; offers that only the member answers.

Nouns: Plan (a month's draft of one community), PlanLine (a proposed person in a shift), Offer.
Promises: a match is an offer; nothing about a silence is kept beyond the offer's neutral state; no plan is stored that
the independent checker refuses; reasons are recomputed from stored data, not remembered.
"""
