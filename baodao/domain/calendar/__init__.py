"""节假日、工时、季节 calendar: which day is worked, which hours count, what day it is.

Nouns: Day (a date that differs from plain weekday or weekend), HolidayYear (is the year's official notice loaded),
Hours (working hours of a town by season), Clock (the stored day of a demo database).
Promise: a year without official data is planned with weekends and fixed statutory days, and says so.
"""
