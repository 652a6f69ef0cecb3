select sum(value) as n, 1 as c from generate_series(1, 9000000000000000000)
