-- undoes: 20261123201349, 20261123201350

ALTER TABLE job_error
    DROP CONSTRAINT fk_job_error_job_id;

DROP INDEX ix_embedding_task_job_id;

ALTER TABLE ONLY embedding_task
    DROP COLUMN job_id;

DROP TABLE job;

DROP TABLE job_error;
