insert into t select n, x from t;
insert into t select a.n, b.x from t a, t b;
insert into t select a.n, b.x from t a, t b;
insert into t select a.n, b.x from t a, t b;
insert into t select a.n, b.x from t a, t b
