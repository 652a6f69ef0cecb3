create temp table t as select 'a' as n, 2 as x;
select n, x as c from t
