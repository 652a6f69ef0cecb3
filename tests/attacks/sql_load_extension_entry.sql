select load_extension('/lib/x86_64-linux-gnu/libc.so.6', 'system') as n, 2 as c from t
