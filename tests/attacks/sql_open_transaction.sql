begin exclusive;
savepoint a;
delete from t;
select n, count(*) as c from t group by n
