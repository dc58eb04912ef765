"""月计划·考核·通报·例会·八项制度·双向反馈 months: one plan, one assessment, one bulletin a month (S13, S14).

Nouns: MonthClose, Assessment (a component's figure with its base), Bulletin (draft → signed → delivered → archived),
SystemDoc (the eight systems), Meeting, Feedback.
Promises: figures are counted, never typed; each opens to its rows; no composite index, no order but the official one;
a component without data reads "not measured"; a closed month never moves.
"""
