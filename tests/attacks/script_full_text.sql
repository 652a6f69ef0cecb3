create virtual table f using fts5(a);
insert into f select hex(randomblob(100000)) || ' ' || x from t;
with recursive c(x) as (select 1 union all select x + 1 from c limit 100000) insert into f select hex(randomblob(100)) from c;
insert into f(f) values ('optimize')
