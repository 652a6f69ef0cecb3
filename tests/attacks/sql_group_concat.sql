with recursive c(x) as (select 1 union all select x + 1 from c limit 5000) select length(group_concat(a.x || hex(zeroblob(1000)))) as n, 1 as c from c a, c b
