with recursive c(x) as (select 1 union all select x + 1 from c limit 1000000) select hex(zeroblob(500)) as n, x as c from c
