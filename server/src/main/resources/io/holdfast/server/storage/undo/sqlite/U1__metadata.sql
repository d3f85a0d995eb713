-- Undoes V1__metadata.sql. Typed tables stay: they hold the application's data and are readable without Holdfast.
DROP TABLE hf_token;
DROP TABLE hf_record_history;
DROP TABLE hf_record_head;
DROP TABLE hf_scope_chain;
DROP TABLE hf_replica;
DROP TABLE hf_scope;
DROP TABLE hf_field;
DROP TABLE hf_collection;
DROP TABLE hf_schema;
DROP TABLE hf_catalogue;
