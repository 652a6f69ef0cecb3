/* every x grows */ update t set x = x + 1 -- by one
