attach database (select '/srv/' || 'canary/app.db' from t limit 1) as secret
