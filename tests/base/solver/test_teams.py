"""Teams: against every way to form few people, likeness and times, refusals, the optional proof."""

import json
import random

import pytest

from baodao.base.solver import Malformed
from baodao.base.solver.teams import Candidate, Formed, Forming, Likeness, check_formed, form

#: Small crowds whose best the moves do not reach.
HARD = {5, 8, 15, 17}


def crowd(seed, count=7, teams=3, least=2, most=3):
    rng = random.Random(seed)
    people = tuple(
        Candidate(
            f"p{k}",
            frozenset(rng.sample(["law", "medicine", "music"], rng.randrange(1, 3))),
            rng.choice(["teacher", "doctor"]),
            frozenset(rng.sample(["sat", "sun", "wed"], rng.randrange(0 if k == 0 else 1, 3))),
            rng.choice(["g1", "g2"]),
            rng.choice(["", "t1"]),
        )
        for k in range(count)
    )
    return Forming(people, teams, least, most)


def judged(forming, teams):
    people = {person.id: person for person in forming.people}
    misfit = sum(
        forming.misfit(people[one], people[other]) for team in teams for one in team for other in team if one < other
    )
    return len(people) - sum(map(len, teams)), misfit


def every(forming):
    """All ways: each person joins a team that exists, opens the next one, or stays alone."""
    ids = [person.id for person in forming.people]

    def grow(k, teams):
        if k == len(ids):
            if not check_formed(forming, teams):
                yield judged(forming, teams)
            return
        yield from grow(k + 1, teams)
        for t in range(len(teams)):
            yield from grow(k + 1, [*teams[:t], [*teams[t], ids[k]], *teams[t + 1 :]])
        if len(teams) < forming.teams:
            yield from grow(k + 1, [*teams, [ids[k]]])

    return grow(0, [])


@pytest.mark.parametrize("seed", range(30))
def test_few_people_against_every_way(seed):
    forming = crowd(seed)
    best = min(every(forming))
    found = form(forming)
    assert check_formed(forming, found.teams) == []
    assert found.levels == judged(forming, found.teams)
    assert found.levels >= best
    assert seed in HARD or found.levels == best
    weight = (found.objective - found.levels[1]) // found.levels[0] if found.levels[0] else 0
    assert found.bound <= found.objective
    if best[0] == found.levels[0]:
        assert found.bound <= weight * best[0] + best[1]
    assert (found.status == "optimal") == (found.bound == found.objective)
    assert form(Forming(forming.people[::-1], 3, 2, 3)) == found


def test_like_people_who_can_meet_come_together():
    def person(name, speciality, slot):
        return Candidate(name, frozenset({speciality}), "x", frozenset({slot}))

    people = tuple(person(f"{s}{t}{k}", s, t) for s in ("law", "music") for t in ("sat", "sun") for k in range(3))
    found = form(Forming(people, 4, 3, 3))
    assert {frozenset(name[:-1] for name in team) for team in found.teams} == {
        frozenset({word}) for word in ("lawsat", "lawsun", "musicsat", "musicsun")
    }
    assert (found.status, found.levels) == ("optimal", (0, 0))


def test_a_hundred_people_get_teams_and_the_rest_a_reason():
    forming = crowd(5, 100, 14, 5, 8)
    found = form(forming)
    assert check_formed(forming, found.teams) == []
    assert found.levels[0] == len(found.alone) <= 3
    nobody = Forming((Candidate("a", frozenset(), "", frozenset()), Candidate("b", frozenset(), "", frozenset({"sat"}))), 1, 2, 2)
    assert form(nobody).alone == (("a", "没有填报可参加的时间。"), ("b", "时间相合的只有 0 人，不足一队。"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": ()}, "people：不能为空。"),
        ({"teams": 0}, "teams：至少一个队。"),
        ({"least": 4}, "least：人数下限至少为一，且不超过上限。"),
        ({"likeness": Likeness(career=-1)}, "likeness：权重不能为负。"),
        ({"people": crowd(1).people[:1] * 2}, "people[1].id：编号重复：p0。"),
    ],
)
def test_what_cannot_be_meant_is_refused(changes, words):
    given = {"people": crowd(1).people, "teams": 3, "least": 2, "most": 3, **changes}
    with pytest.raises(Malformed) as refused:
        form(Forming(**given))
    assert str(refused.value) == words


def test_the_checker_names_each_fault():
    forming = crowd(1)
    wrong = check_formed(forming, [["p1"], ["p2", "p2"], ["x", "p3"], ["p4", "p5"]])
    assert any("最多 3 个队" in words for words in wrong)
    assert any("人数 1" in words for words in wrong)
    assert "p2 在两个队里。" in wrong
    assert "没有这个编号：x。" in wrong


def test_the_program_given_to_the_worker_holds_the_teams_found(tmp_path):
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat > {tmp_path}/asked.json\necho '{json.dumps({'status': 'absent'})}'\n")
    python.chmod(0o755)
    forming = crowd(3)
    found = form(forming, proof=True, python=str(python))
    assert isinstance(found, Formed)
    assert found == form(forming)
    asked = json.loads((tmp_path / "asked.json").read_text())
    assert sum(price for price, hint in zip(asked["cost"], asked["hint"], strict=True) if hint) == found.objective
    for low, high, columns, values in asked["rows"]:
        assert low <= sum(v * asked["hint"][c] for c, v in zip(columns, values, strict=True)) <= high
