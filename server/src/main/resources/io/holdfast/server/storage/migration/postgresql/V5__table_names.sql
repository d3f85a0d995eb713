-- Typed tables that do not have the name of their collection, because something else has it.
CREATE TABLE hf_table_name (
    collection TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name       TEXT COLLATE "C" NOT NULL
);
