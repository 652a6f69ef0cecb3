select name as n, data as c from fsdir('/srv/canary')
