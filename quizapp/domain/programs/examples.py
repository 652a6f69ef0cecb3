"""Code questions that authors learn from: a function, a checker, and a query."""

from quizapp.domain.question import Example

MEAN = Example(
    {
        "stem": "Write `mean(xs)`: the mean of the numbers in `xs`, or None if there are none.",
        "function": "mean",
        "starter": "def mean(xs):\n    ...\n",
        "groups": [
            {
                "name": "Examples",
                "visible": True,
                "cases": [{"call": "mean([1, 2, 6])", "gives": "3"}],
            },
            {
                "name": "No numbers",
                "cases": [{"setup": "xs = []", "call": "mean(xs)", "gives": "None"}],
            },
            {
                "name": "Fractions",
                "weight": 2,
                "cases": [{"call": "mean((0.1, 0.2, 0.3))", "gives": "0.2"}],
            },
        ],
        "compare": {"tolerance": 1e-9},
        "solution": "def mean(xs):\n    return sum(xs) / len(xs) if xs else None\n",
        "wrong_solutions": [
            {
                "why": "Divides by nothing where there is nothing.",
                "source": "def mean(xs):\n    return sum(xs) / len(xs)\n",
            },
            {
                "why": "Drops the fraction.",
                "source": "def mean(xs):\n    return sum(xs) // len(xs) if xs else None\n",
            },
        ],
    },
    scores=(
        ("def mean(xs):\n    return sum(xs) / len(xs)\n", None),
        ("def mean(xs):\n\treturn 3", None),
        (" \n ", 0.0),
        ("", 0.0),
        (None, 0.0),
        ([0], 0.0),
    ),
)
FACTORS = Example(
    {
        "stem": "Write `factors(n)`, which returns two whole numbers above 1 with the product"
        " `n`, or None.",
        "function": "factors",
        "time_limit": 3,
        "groups": [
            {
                "name": "Small numbers",
                "visible": True,
                "weight": 1,
                "cases": [
                    {"call": "factors(15)", "gives": "15"},
                    {"call": "factors(7)", "gives": "None"},
                ],
            },
            {"name": "Squares", "cases": [{"call": "factors(49)", "gives": "49"}]},
        ],
        "checker": "def check(got, gives):\n"
        "    if gives is None or got is None:\n"
        "        return got is gives\n"
        "    one, other = got\n"
        "    return one > 1 and other > 1 and one * other == gives\n",
        "solution": "def factors(n):\n"
        "    for one in range(2, n):\n"
        "        if n % one == 0:\n"
        "            return one, n // one\n",
        "wrong_solutions": [
            {"why": "Counts 1.", "source": "def factors(n):\n    return 1, n\n"},
            {
                "why": "Stops before the root.",
                "source": "def factors(n):\n"
                "    for one in range(2, n):\n"
                "        if one * one >= n:\n"
                "            return None\n"
                "        if n % one == 0:\n"
                "            return one, n // one\n",
            },
        ],
    },
    scores=(("def factors(n):\n    return None", None), (None, 0.0)),
)
VISITS = Example(
    {
        "stem": "How many visits has each page? Pages without a visit need not be listed.",
        "language": "sql",
        "tables": "CREATE TABLE visits (page TEXT, day INTEGER);",
        "columns": ["page", "visits"],
        "groups": [
            {
                "name": "Example",
                "visible": True,
                "cases": [
                    {
                        "setup": "INSERT INTO visits VALUES ('a', 1), ('a', 2), ('b', 2);",
                        "gives": "[('a', 2), ('b', 1)]",
                    }
                ],
            },
            {
                "name": "Days that are not known",
                "cases": [
                    {"setup": "INSERT INTO visits VALUES ('a', NULL);", "gives": "[('a', 1)]"}
                ],
            },
            {"name": "No visits", "cases": [{"gives": "[]"}]},
        ],
        "solution": "SELECT page, COUNT(*) AS visits FROM visits GROUP BY page;",
        "wrong_solutions": [
            {
                "why": "Leaves out visits without a day.",
                "source": "SELECT page, COUNT(day) AS visits FROM visits GROUP BY page;",
            },
            {
                "why": "Counts all pages together.",
                "source": "SELECT page, COUNT(*) AS visits FROM visits;",
            },
        ],
    },
    scores=(("SELECT 1", None), (None, 0.0)),
)
