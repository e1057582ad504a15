-- parent: 20261123201349
-- fingerprint: 3703070ac22a5a65

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_job_id;

CREATE INDEX CONCURRENTLY ix_embedding_task_job_id ON embedding_task USING btree (job_id)
WHERE (job_id IS NOT NULL);
