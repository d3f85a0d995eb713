-- Undoes V2__gaps.sql.
DROP TABLE hf_proof;
DROP TABLE hf_audit;
DROP TABLE hf_gap;
