with recursive grow(s) as (select 'x' union all select s || s from grow) select max(length(s)) as n, 1 as c from grow
