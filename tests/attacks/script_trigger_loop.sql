pragma recursive_triggers = on;
create trigger again after insert on t begin insert into t select new.n, new.x + 1; end;
insert into t values ('a', 1)
