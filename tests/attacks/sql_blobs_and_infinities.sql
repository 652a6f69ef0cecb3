select x'ff00fe' as n, 9e999 as c union all select cast(x'fffe80' as text), -9e999 union all select char(0, 55296, 1114112), 9223372036854775807 union all select 9e999 - 9e999, 1e308 * 10
