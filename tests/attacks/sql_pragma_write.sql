pragma temp_store_directory = '/var/tmp';
pragma writable_schema = on;
update sqlite_master set sql = 'create table t(n text, c int)';
select n, c from t
