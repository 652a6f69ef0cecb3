pragma recursive_triggers = on;
create trigger again after insert on t begin insert into t select new.n, new.x + 1 from t; end;
insert into t values ('a', 1);
select n, count(*) as c from t group by n
