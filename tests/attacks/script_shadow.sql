create temp view t as select 'a' as n, 2 as x union all select n, x from main.t
