delete from t returning n, x as c
