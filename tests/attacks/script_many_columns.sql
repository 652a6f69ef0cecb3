create table w as select a.*, b.*, c.*, d.* from t a, t b, t c, t d;
create table v as select a.*, b.*, c.*, d.*, e.*, f.* from w a, w b, w c, w d, w e, w f limit 1000;
update t set x = (select count(*) from v a, v b, v c)
