create virtual table a using csv(filename = '/etc/passwd');
create virtual table b using zipfile('/srv/canary/secret.txt')
