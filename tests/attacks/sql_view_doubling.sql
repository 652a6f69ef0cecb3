create view v0 as select 1 as n, 1 as c;
create view v1 as select a.n, b.c from v0 a, v0 b union all select * from v0;
create view v2 as select a.n, b.c from v1 a, v1 b union all select * from v1;
create view v3 as select a.n, b.c from v2 a, v2 b union all select * from v2;
create view v4 as select a.n, b.c from v3 a, v3 b union all select * from v3;
create view v5 as select a.n, b.c from v4 a, v4 b union all select * from v4;
create view v6 as select a.n, b.c from v5 a, v5 b union all select * from v5;
select count(*) as n, 1 as c from v6
