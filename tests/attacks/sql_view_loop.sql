create view v as select * from w;
create view w as select * from v;
select * from v
