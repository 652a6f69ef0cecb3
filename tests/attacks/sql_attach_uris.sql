attach database 'file:/srv/canary/app.db?mode=ro&immutable=1&nolock=1&vfs=unix-none' as secret;
select name, sql from secret.sqlite_master
