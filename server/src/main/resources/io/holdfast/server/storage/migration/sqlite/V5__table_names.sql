-- Typed tables that do not have the name of their collection, because something else has it.
CREATE TABLE hf_table_name (
    collection TEXT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL
) STRICT;
