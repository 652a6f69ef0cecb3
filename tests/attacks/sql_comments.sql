select n, count(*) as c from t group by n /* ; drop table t; -- */ ; -- */
select 'a', 5
