select file, name from pragma_database_list union all select compile_options, 1 from pragma_compile_options union all select name, 1 from pragma_module_list
