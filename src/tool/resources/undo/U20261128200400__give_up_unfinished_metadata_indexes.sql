-- undoes: 20261128200400, 20261128200401

DROP INDEX ix_metadata_index_job_id;

ALTER TABLE ONLY metadata_index
    DROP COLUMN job_id;

ALTER TABLE ONLY metadata_index
    DROP COLUMN stopped;
