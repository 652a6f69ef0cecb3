select 1 as "", 2 as "", 3 as "n"";--", 4 as "c

", x as "<b>c</b>" from t
