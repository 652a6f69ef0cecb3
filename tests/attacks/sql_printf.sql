select printf('%.1000000000c%1000000000d', 'x', 1) as n, 2 as c
