vacuum main into (select '/var/tmp/' || 'pwned')
