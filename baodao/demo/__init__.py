"""The demo county: 示例县示例镇, invented people, six months made by the same services as the screens.

Contents, public codes included, depend on the seed and the day alone; keys, nonces and secrets are random. Names of
several customs are drawn independently of everything else; no variable of this package says of which custom a name is.
"""
