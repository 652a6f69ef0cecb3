begin exclusive;
savepoint a;
update t set x = x + 1
