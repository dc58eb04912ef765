"""积分·积分异议·兑换 points: figures that open to their entries (S15).

Nouns: RuleSet (a preset with its numbers, versioned), PointEntry (append-only, chained), PointConfirmation.
Promises: entries are never changed, only reversed; recorder and confirmer differ; a member's points are seen by the
member and the two who keep them; no preset ranks, vetoes, deducts for declining, silence or an empty month.
"""
