-- select n, count(*) as c from t group by n
/* nothing
