"""A file that an instructor may send."""

BOBS_SET = """\
id: bobs-set
title: Bob's set
items:
  - id: zeros
    type: multiple-choice
    skills: [ml.models.linear]
    stem: Which penalty gives exact zeros?
    options:
      - {text: L1, correct: true, why: Corners.}
      - {text: L2, why: It shrinks.}
    explanation: The corner of the ball.
    references: [A book]
  - {id: so, type: true-false, skills: [ml.models.trees], stem: It is so., answer: true}
"""
