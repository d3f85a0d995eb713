-- Undoes V6__readings.sql.
DROP TABLE hf_reading;
