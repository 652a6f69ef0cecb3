create virtual table a using csv(filename = '/etc/passwd');
create virtual table b using zipfile('/srv/canary/secret.txt');
create virtual table c using dbstat(main);
select * from a, b, c
