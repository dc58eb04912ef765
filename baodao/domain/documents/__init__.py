"""发文·登记 documents: numbers, archived papers, deliveries and receipts.

Nouns: Document (a numbered paper of one town), Copy (its bytes in one format, with a digest), Delivery (to a unit, with
the receipt).
Promises: a number is reserved, rendered outside, then sealed; an unsealed number is retried and never reused; an
archived copy never changes (its digest is checked when it is read).
"""
