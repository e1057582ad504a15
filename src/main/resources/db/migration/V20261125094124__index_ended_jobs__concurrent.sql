-- parent: 20261125093843
-- fingerprint: b9948b175cd194d7

DROP INDEX CONCURRENTLY IF EXISTS ix_job_ended_at;

CREATE INDEX CONCURRENTLY ix_job_ended_at ON job USING btree (ended_at)
WHERE (ended_at IS NOT NULL);
