"""A plan laid over its problem: who sits where, ready for questions and small changes."""

from __future__ import annotations

from baodao.base.solver.levels import Choice, levels_of, objective_of
from baodao.base.solver.malformed import Malformed
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Levels, Number, Plan
from baodao.base.solver.problem import Problem
from baodao.base.solver.state import State


class Laid:
    """The state of a plan; refuses a plan that names pairs the problem does not have."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.o = Ordered(problem, plan.seed)
        self.state = State(self.o)
        for number, (member, session, role) in enumerate(plan.assignments):
            if member not in self.o.member_of or session not in self.o.session_of:
                raise Malformed(f"assignments[{number}]", f"没有这个编号：{member}、{session}。")
            pair = self.o.find_ids((member, session))
            if pair < 0:
                raise Malformed(f"assignments[{number}]", f"{member} 不能去 {session}。")
            self.state.add(pair, role)
        number_of = {group.id: number for number, group in enumerate(self.o.groups)}
        for group, session in plan.groups:
            self.state.groups[self.o.session_of[session]] = number_of[group]

    def choice(self) -> Choice:
        """The plan as it stands, role seats as they were given."""
        roles = {
            self.state.where[member][s]: role
            for s, seats in enumerate(self.state.seats)
            for member, role in seats.items()
        }
        return Choice(roles, sorted((g, s) for s, g in self.state.groups.items()))

    def levels(self) -> Levels:
        """The four levels as it stands."""
        return levels_of(self.o, self.choice())

    def objective(self) -> Number:
        """The objective as it stands."""
        choice = self.choice()
        return objective_of(self.o, choice, levels_of(self.o, choice))

    def member_price(self, m: int) -> int:
        """What one more service of a member costs beyond the pair itself."""
        o, count = self.o, len(self.state.where[m])
        bonus = o.weights.behind if o.members[m].behind and count == 0 else 0
        return o.weights.load * count + o.weights.year * o.members[m].served - bonus

    def pair_price(self, p: int) -> int:
        """What it costs if the pair is added as things stand, the seat's own worth left out."""
        return int(self.o.wanted[p]) + self.member_price(int(self.o.pm[p]))

    def back_price(self, p: int) -> int:
        """What is saved if the pair is taken out as things stand."""
        o, m = self.o, int(self.o.pm[p])
        count = len(self.state.where[m])
        bonus = o.weights.behind if o.members[m].behind and count == 1 else 0
        return int(o.wanted[p]) + o.weights.load * (count - 1) + o.weights.year * o.members[m].served - bonus

    def seat_worth(self, s: int, count: int) -> int:
        """What the session gains when it goes from ``count`` people to one more (role seats apart)."""
        session, weights = self.o.sessions[s], self.o.weights
        if session.run_or_cancel and count < session.min:
            return 0
        gain = weights.mandatory * (count < session.min) + weights.desired * (count < session.desired)
        return session.tier_weight * gain
