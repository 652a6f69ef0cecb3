select count(*) as n, 1 as c from t a, t b, t c, t d, t e, t f, t g, t h, t i, t j, t k, t l, t m, t o, t p, t q, t r, t s, t u, t v, t w, t y, t z, t aa, t ab
