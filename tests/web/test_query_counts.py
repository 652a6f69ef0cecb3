import pytest
from tests.web.access import ACCESS, PAGES
from tests.web.pages import post
from tests.factories import *
def test_measure(as_alice, as_bob, as_admin, alice, app, now, objects, count_queries):
    out=[]
    for row in ACCESS:
        for name, who in (("alice",as_alice),("bob",as_bob),("admin",as_admin)):
            if row.outcomes[name] not in ("200","302"): continue
            path=row.path.format(**objects)
            if "sign-out" in path or path=="/attempts/%s/submission"%objects["open"] and row.method=="POST": continue
            with count_queries() as st:
                r = who.get(path, buffered=True) if row in PAGES else post(who, path, {"role":"learner"} )
            out.append((len(st), str(row), name, r.status_code, [s[:70].replace("\n"," ")+" … "+" ".join(w for w in s.split() if False)+s[s.find("FROM"):][:60].replace("\n"," ") for s in st]))
            break
    with count_queries() as st: post(as_alice, f"/attempts/{objects['open']}/submission")
    out.append((len(st),"POST submission","alice",0,[s[:90].replace("\n"," ") for s in st]))
    for o in out:
        print(*o[:4])
        for s in o[4]: print("       ",s)
    assert 0
