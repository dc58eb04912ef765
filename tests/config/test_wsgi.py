"""The door of the server: a worker has loaded its pages before the first answer and keeps them out of the collector's rounds."""

from __future__ import annotations


def test_a_worker_settles_before_its_first_answer(place):
    place.ok("migrate")
    seen = place.python(
        "import gc, sys\n"
        "before = gc.get_freeze_count()\n"
        "from baodao.config.wsgi import application\n"
        "faces = [f for f in ('board', 'mine', 'desk', 'unit', 'town', 'admin') if f'baodao.web.{f}.urls' in sys.modules]\n"
        "print(before, len(faces), gc.get_freeze_count() > 10 * len(gc.get_objects()), gc.isenabled(), callable(application))\n"
    )
    assert seen.split() == ["0", "6", "True", "True", "True"]
