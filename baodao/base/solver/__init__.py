"""The solver: optimal plans with proof, reasons and repair. Pure Python over numpy and HiGHS; knows no Django.

``Problem`` and ``Plan`` are validated values with JSON forms; ``solve`` climbs a ladder whose every
rung is a usable plan with a true bound; ``check_plan`` is an independent checker that shares no code
with the search.
"""

from baodao.base.solver.certificate import Certificate, Progress
from baodao.base.solver.check import Report, check_plan
from baodao.base.solver.check_bound import BoundReport, check_certificate
from baodao.base.solver.check_seen import Violation
from baodao.base.solver.files import (
    read_certificate,
    read_plan,
    read_problem,
    write_certificate,
    write_plan,
    write_problem,
)
from baodao.base.solver.malformed import Malformed, Unfinished
from baodao.base.solver.plan import Clash, Levels, Plan
from baodao.base.solver.problem import Group, Member, Problem, Rules, Session, Weights
from baodao.base.solver.solving import certified, solve

__all__ = [
    "BoundReport",
    "Certificate",
    "Clash",
    "Group",
    "Levels",
    "Malformed",
    "Member",
    "Plan",
    "Problem",
    "Progress",
    "Report",
    "Rules",
    "Session",
    "Unfinished",
    "Violation",
    "Weights",
    "certified",
    "check_certificate",
    "check_plan",
    "read_certificate",
    "read_plan",
    "read_problem",
    "solve",
    "write_certificate",
    "write_plan",
    "write_problem",
]
