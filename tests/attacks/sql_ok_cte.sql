-- counts names
with recursive numbers(k) as (select 1 union all select k + 1 from numbers where k < 3),
  counted as (select n, count(*) over (partition by n) as c, row_number() over (partition by n) as k from t)
select n, c from counted where k = 1 order by n; /* done */
