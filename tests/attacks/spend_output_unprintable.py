def solve(xs):
    print("\ud800\udfff\x00\x1b]0;title\x07\x1b[2J\u202e\ufeff<script>alert(1)</script>&amp;\r\n\x1e\x85\u2028")
    return sum(x * x for x in xs)
