-- parent: 20261128200400
-- fingerprint: 7344f0227d4fe180

DROP INDEX CONCURRENTLY IF EXISTS ix_metadata_index_job_id;

CREATE INDEX CONCURRENTLY ix_metadata_index_job_id ON metadata_index USING btree (job_id)
WHERE ((NOT ready) AND (dropped_at IS NULL));
