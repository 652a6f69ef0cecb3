drop table t;
create table t (n text, x int);
insert into t values ('a', 2)
