drop table t;
create table t (n text, x int);
select n, count(*) as c from t group by n
