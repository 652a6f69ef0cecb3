pragma locking_mode = exclusive;
pragma writable_schema = on;
delete from sqlite_master;
pragma query_only = on;
pragma max_page_count = 1
