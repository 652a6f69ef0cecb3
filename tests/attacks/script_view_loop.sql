alter table t rename to kept;
create view t as select * from w;
create view w as select * from t
