import pandas as pd


def solve(xs):
    frame = pd.DataFrame([[object(), pd.NaT, pd.NA, [1]]], columns=["a", "a", ("b", 1), None])
    return [frame, frame.groupby("b", dropna=False) if "b" in frame else frame.T, pd.Series(range(10))]
