def solve(xs):
    return [
        {"$": "tuple", "v": [14]},
        {"$": "nd", "shape": [1 << 40], "kind": "f", "v": []},
        {"$": "dict", "v": [[[], 1]]},
        {"$": "set", "v": [[]]},
        {"$": "bigint", "bits": 1 << 40},
        {"$": "rows", "cols": 5, "v": None},
        {"$": "f", "v": "inf"},
        {"$": ["a"], "v": {"$": {}}},
        {"$": None},
    ]
