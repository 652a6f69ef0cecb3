select ?1 as n, :c as c, @x, $y from t
