"""消息 notices: one event, one message, to an account, a member or (by the clerk) a resident's sealed contact.

Nouns: Notice (what, to whom, by which channel, told or not).
Promises: no page promises a message that no channel can send; a member without a login is told on paper or by the
clerk, and the notice stays on the clerk's list until that was done.
"""
