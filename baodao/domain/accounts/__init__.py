"""登录·角色·授权 accounts: who may come in and as what.

Nouns: Account (a login, perhaps a member's), Grant (role over a path, dated), OneTimeCode (15 minutes, on paper or by
voice), Failure (wrong passwords and codes, by a keyed hash of the address), SecurityEvent (a year's log).
Promises: no superuser and no admin site; system, security and audit administrators are three persons; a login is
closed for an address after ten wrong passwords; nobody learns whether a login exists.
"""
