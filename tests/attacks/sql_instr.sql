with big(a, b) as (select replace(hex(zeroblob(4000000)), '00', 'a'), replace(hex(zeroblob(2000000)), '00', 'a') || 'b') select instr(a, b) as n, instr(b, a || a) as c from big
