pragma writable_schema = on;
update sqlite_master set sql = 'create table t(x int, n text, y int default 4)', rootpage = 1;
pragma schema_version = 99;
select * from t
