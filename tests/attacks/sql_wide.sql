with w as (select a.*, b.*, c.*, d.*, e.*, f.*, g.*, h.* from t a, t b, t c, t d, t e, t f, t g, t h) select * from w a, w b, w c, w d, w e, w f, w g, w h limit 3
