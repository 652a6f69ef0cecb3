with recursive c(x) as (select 1 union all select x + 1 from c) select x as n, 1 as c from c order by x desc
