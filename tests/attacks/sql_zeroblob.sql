select zeroblob(1000000000) as n, randomblob(1000000000) as c
