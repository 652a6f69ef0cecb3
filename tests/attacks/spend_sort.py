def solve(xs):
    made = list(range(200_000))

    class Key:
        def __init__(self, value):
            self.value = value

        def __lt__(self, other):
            made.append(self.value)
            return self.value % 3 < other.value % 5

    while True:
        try:
            made.sort(key=Key)
        except ValueError:
            pass
