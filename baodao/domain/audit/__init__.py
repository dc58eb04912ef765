"""留痕 audit: who did what to which thing, when; and the transaction in which everything is done.

Nouns: Entry (a link of a hash chain, one chain per town and one for the system), ChainHead, UsedKey (a form's key is
used once), Look (somebody read an unmasked personal value).
Promises: a deed and its entry are one transaction; entries cannot be changed or deleted in silence (triggers and
chain); no entry holds a name or a person's words; the chain head is locked once, immediately before commit.
"""
