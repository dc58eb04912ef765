"""Days: the clock, months, working time, statutory days and service days.

Everything here is pure: a date goes in, a fact about it comes out.
The clock of the whole program is ``days.clock``; nothing else asks the system what day it is.
"""
