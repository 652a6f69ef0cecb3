"""Who may do what: every route, every method, every kind of person.

An address names its objects: the open and the finished attempt are Alice's, the upload is Bob's,
and so is the set to which Alice has written an answer; Charlie and the administrator own nothing.
``coded`` is Alice's open attempt at a question for code, run before the runner was switched off.
``in`` means: asked to sign in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PEOPLE = ("nobody", "alice", "bob", "charlie", "admin")

_TABLE = """
#                                       nobody alice bob charlie admin

GET  /                                       200 200 200 200 200
POST /theme                                  302 302 302 302 302

GET  /register                               200 200 200 200 200
POST /register                               422 422 422 422 422
GET  /sign-in                                200 302 302 302 302
POST /sign-in                                422 422 422 422 422
POST /sign-out                               in  in  in  in  in
GET  /profile                                in  200 200 200 200
POST /profile                                in  422 422 422 422
POST /password                               in  422 422 422 422
GET  /invitations/{invitation}               200 200 200 200 200
POST /invitations/{invitation}               422 422 422 422 422
GET  /invitations/guessed                    404 404 404 404 404
POST /invitations/guessed                    404 404 404 404 404

GET  /quizzes                                in  200 200 200 200
GET  /quizzes/math-whole                     in  200 200 200 200
GET  /quizzes/unknown                        in  404 404 404 404
POST /quizzes/math-whole/attempts            in  302 302 302 302
POST /quizzes/unknown/attempts               in  404 404 404 404
GET  /practice                               in  200 200 200 200
POST /practice                               in  422 422 422 422

GET  /attempts/{open}                        in  302 404 404 404
GET  /attempts/{open}/questions/1            in  200 404 404 404
POST /attempts/{open}/departures/1           in  302 404 404 404
GET  /attempts/{open}/questions/9            in  404 404 404 404
GET  /attempts/{open}/questions/1/reading    in  404 404 404 404
POST /attempts/{open}/responses/1            in  302 404 404 404
POST /attempts/{open}/runs/1                 in  404 404 404 404
GET  /attempts/{open}/runs/1                 in  404 404 404 404
POST /attempts/{coded}/runs/1                in  409 404 404 404
GET  /attempts/{coded}/runs/1                in  200 404 404 404
GET  /attempts/{coded}/questions/1           in  200 404 404 404
POST /attempts/{finished}/runs/1             in  409 404 404 404
GET  /attempts/{open}/submission             in  200 404 404 404
GET  /attempts/{open}/clock                  in  200 404 404 404
GET  /attempts/{open}/record                 in  302 404 404 404
GET  /attempts/{open}/pause                  in  302 404 404 404
POST /attempts/{open}/pause                  in  409 404 404 404
POST /attempts/{open}/resumption             in  302 404 404 404
POST /attempts/{open}/stage                  in  302 404 404 404
POST /attempts/{open}/practice               in  400 404 404 404
POST /attempts/{open}/submission             in  302 404 404 404
GET  /attempts/{finished}                    in  200 404 404 404
GET  /attempts/{finished}/questions/1        in  302 404 404 404
GET  /attempts/{finished}/questions/1/reading in  409 404 404 404
POST /attempts/{finished}/responses/1        in  302 404 404 404
GET  /attempts/{finished}/submission         in  302 404 404 404
POST /attempts/{finished}/submission         in  302 404 404 404
GET  /attempts/{finished}/clock              in  200 404 404 404
GET  /attempts/{finished}/record             in  200 404 404 404
GET  /attempts/{finished}/pause              in  302 404 404 404
POST /attempts/{finished}/pause              in  302 404 404 404
POST /attempts/{finished}/resumption         in  302 404 404 404
POST /attempts/{finished}/practice           in  302 404 404 404
GET  /attempts/{unknown}                     in  404 404 404 404

GET  /history                                in  200 200 200 200
GET  /history/export.json                    in  200 200 200 200
GET  /history/export.csv                     in  200 200 200 200
GET  /notebook                               in  200 200 200 200
GET  /notebook/{missed}                      in  200 404 404 404
POST /notebook/{missed}                      in  302 404 404 404
GET  /notebook/{unknown}                     in  404 404 404 404
POST /notebook/{unknown}                     in  404 404 404 404
GET  /due                                    in  200 200 200 200
POST /due/attempts                           in  302 400 400 400
GET  /readiness                              in  200 200 200 200
GET  /readiness/rounds                       in  200 200 200 200
GET  /plan                                   in  200 200 200 200
POST /plan                                   in  302 302 302 302
POST /plan/calendar                          in  200 200 200 200
POST /plan/calendar/withdrawal               in  302 302 302 302
GET  /plan/{calendar}.ics                    200 200 200 200 200
GET  /plan/guessed.ics                       404 404 404 404 404
GET  /skills                                 in  200 200 200 200
GET  /skills/math.probability.bayes          in  200 200 200 200
GET  /skills/model.json                      in  200 200 200 200
GET  /skills/unknown                         in  404 404 404 404
POST /skills/math.probability.bayes/practice in  302 302 302 302
POST /skills/unknown/practice                in  404 404 404 404
POST /skills/math.probability.bayes/claim    in  302 302 302 302
POST /skills/unknown/claim                   in  404 404 404 404
POST /skills/math.probability.bayes/claim/withdrawal in 302 302 302 302
POST /skills/unknown/claim/withdrawal        in  404 404 404 404

GET  /question-sets                          in  404 200 404 200
POST /question-sets                          in  404 422 404 422
GET  /question-sets/guide                    in  404 200 404 200
GET  /question-sets/{upload}                 in  404 200 404 404
POST /question-sets/{upload}/images          in  404 422 404 404
POST /question-sets/{upload}/publication     in  404 302 404 404
GET  /question-sets/{unknown}                in  404 404 404 404

GET  /images/{image}                         in  200 200 200 200
GET  /images/{unknown}                       in  404 404 404 404

GET  /people                                 in  404 404 404 200
POST /people/{charlie}/role                  in  404 404 404 302
POST /people/{unknown}/role                  in  404 404 404 404
GET  /people/{charlie}/accommodation         in  404 404 404 200
POST /people/{charlie}/accommodation         in  404 404 404 302
POST /people/{charlie}/accommodation/withdrawal in 404 404 404 302
GET  /people/{unknown}/accommodation         in  404 404 404 404
POST /people/{unknown}/accommodation         in  404 404 404 404
POST /people/{unknown}/accommodation/withdrawal in 404 404 404 404

GET  /supervision/attempts                   in  404 200 404 200
GET  /supervision/attempts/{open}            in  404 404 404 200
GET  /supervision/attempts/{finished}        in  404 404 404 200
GET  /supervision/attempts/{unknown}         in  404 404 404 404
POST /supervision/attempts/{open}/time-changes in 404 404 404 302
POST /supervision/attempts/{finished}/time-changes in 404 404 404 302
POST /supervision/attempts/{unknown}/time-changes in 404 404 404 404

POST /attempts/{open}/responses/1/mark       in  404 404 404 404
POST /attempts/{finished}/responses/1/mark   in  404 404 404 404
POST /attempts/{written}/responses/1/mark    in  302 404 404 404
POST /attempts/{written}/responses/9/mark    in  404 404 404 404
GET  /marking                                in  404 200 404 200
GET  /marking/{written}/1                    in  404 200 404 404
GET  /marking/{written}/2                    in  404 404 404 404
GET  /marking/{open}/1                       in  404 404 404 404
POST /marking/{written}/1/mark               in  404 302 404 404
POST /marking/{written}/2/mark               in  404 404 404 404
POST /marking/{unknown}/1/mark               in  404 404 404 404

POST /quizzes/math-whole/closing-time        in  404 404 404 302
POST /quizzes/practice/closing-time          in  404 404 404 404
POST /quizzes/mock-interview/closing-time    in  404 404 404 404
POST /quizzes/unknown/closing-time           in  404 404 404 404

GET  /static/app.css                         200 200 200 200 200
"""


@dataclass(frozen=True)
class Row:
    """One line of the table; ``path`` has names in braces."""

    method: str
    path: str
    outcomes: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _row(line: str) -> Row:
    method, path, *outcomes = line.split()
    return Row(method, path, dict(zip(PEOPLE, outcomes, strict=True)))


ACCESS = tuple(_row(line) for line in _TABLE.splitlines() if line.startswith(("GET", "POST")))
PAGES = tuple(row for row in ACCESS if row.method == "GET")
ACTIONS = tuple(row for row in ACCESS if row.method != "GET")
FORMS = {
    "POST /attempts/{written}/responses/1/mark": {"points-0": "1", "points-1": "0.5"},
    "POST /marking/{written}/1/mark": {"points-0": "1", "points-1": "0.5"},
    "POST /people/{charlie}/role": {"role": "learner"},
    "POST /people/{charlie}/accommodation": {"time_factor": "2.0", "pause_minutes": "0"},
    "POST /skills/math.probability.bayes/claim": {"kind": "known"},
    "POST /supervision/attempts/{open}/time-changes": {"minutes": "5", "reason": "noise"},
    "POST /supervision/attempts/{finished}/time-changes": {"minutes": "5", "reason": "noise"},
}
"""What is posted where an empty form would tell less."""
