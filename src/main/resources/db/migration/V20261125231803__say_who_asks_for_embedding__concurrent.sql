-- parent: 20261125231802
-- fingerprint: b38aef74a72737f2

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_due_at_again;

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_due_at_written;

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_due_at_again_small;

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_due_at_again_small ON embedding_task USING btree (collection_id, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'JOB'::text) AND (size <= 16000));

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_due_at_written_small;

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_due_at_written_small ON embedding_task USING btree (collection_id, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'WRITE'::text) AND (size <= 16000));

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_due_at_again_large;

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_due_at_again_large ON embedding_task USING btree (collection_id, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'JOB'::text) AND (size > 16000));

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_parked_at;

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_parked_at ON embedding_task USING btree (collection_id, parked_at, document_id)
WHERE (parked_at IS NOT NULL);

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_due_at_written_large;

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_due_at_written_large ON embedding_task USING btree (collection_id, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'WRITE'::text) AND (size > 16000));

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_sequence;

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_sequence ON embedding_task USING btree (collection_id, sequence)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'WRITE'::text));
