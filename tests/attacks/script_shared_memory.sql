attach database 'file:kept?mode=memory&cache=shared' as kept;
create table kept.t (n text);
insert into kept.t values ('CANARY-' || 'KEPT')
