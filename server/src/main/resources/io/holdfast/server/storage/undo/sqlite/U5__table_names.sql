-- Undoes V5__table_names.sql.
DROP TABLE hf_table_name;
