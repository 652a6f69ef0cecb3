attach database 'file:memdb1?mode=memory&cache=shared' as shared
