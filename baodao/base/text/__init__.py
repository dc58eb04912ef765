"""Text: names, their orders, telephone numbers, figures in words, and guards for free text.

Input is made regular here once, when it is written, so that the rest of the program never has to.
Nothing about a person is ever derived from a name but its order, its mask and its surname.
"""
