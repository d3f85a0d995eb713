-- Undoes V5__readings.sql.
DROP TABLE hf_reading;
