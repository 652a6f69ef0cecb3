attach database 'file::memory:?cache=shared' as shared;
create table if not exists shared.kept (x);
insert into shared.kept values ('CANARY-' || 'SHARED');
select x, count(*) from shared.kept
