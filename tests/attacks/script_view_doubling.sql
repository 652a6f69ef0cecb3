create view v1 as select a.n, b.x from t a, t b, t c, t d;
create view v2 as select a.n, b.x from v1 a, v1 b;
create view v3 as select a.n, b.x from v2 a, v2 b;
create view v4 as select a.n, b.x from v3 a, v3 b;
update t set x = (select count(*) from v4)
