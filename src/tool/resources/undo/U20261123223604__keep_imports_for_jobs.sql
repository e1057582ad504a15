-- undoes: 20261123223604

ALTER TABLE import_page
    DROP CONSTRAINT fk_import_page_job_id;

ALTER TABLE ONLY job
    DROP COLUMN counts;

ALTER TABLE ONLY job_error
    DROP COLUMN line;

DROP TABLE import_page;

-- BACKFILL, a guess: say what rows that exist already shall have
UPDATE job_error SET key = '' WHERE key IS NULL;

ALTER TABLE job_error ALTER COLUMN key SET NOT NULL;
