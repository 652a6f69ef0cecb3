select fts3_tokenizer('simple', x'4141414141414141') as n, hex(fts3_tokenizer('simple')) as c
