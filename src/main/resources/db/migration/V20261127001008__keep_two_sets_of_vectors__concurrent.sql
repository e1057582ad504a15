-- parent: 20261127001007
-- fingerprint: a7ec4047f88a5944

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_due_at_written_small;

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_sequence;

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_due_at_again_small;

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_due_at_again_large;

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_collection_id_due_at_written_large;

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_due_at_written_small ON embedding_task USING btree (collection_id, vector_set, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'WRITE'::text) AND (size <= 16000));

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_sequence ON embedding_task USING btree (collection_id, vector_set, sequence)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'WRITE'::text));

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_due_at_again_small ON embedding_task USING btree (collection_id, vector_set, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'JOB'::text) AND (size <= 16000));

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_due_at_again_large ON embedding_task USING btree (collection_id, vector_set, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'JOB'::text) AND (size > 16000));

CREATE INDEX CONCURRENTLY ix_embedding_task_collection_id_due_at_written_large ON embedding_task USING btree (collection_id, vector_set, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'WRITE'::text) AND (size > 16000));

DROP INDEX CONCURRENTLY IF EXISTS pk_chunk_next;

CREATE UNIQUE INDEX CONCURRENTLY pk_chunk_next ON chunk (document_id, vector_set, ordinal);

DROP INDEX CONCURRENTLY IF EXISTS pk_embedding_task_next;

CREATE UNIQUE INDEX CONCURRENTLY pk_embedding_task_next ON embedding_task (document_id, vector_set);

DROP INDEX CONCURRENTLY IF EXISTS pk_embedding_progress_next;

CREATE UNIQUE INDEX CONCURRENTLY pk_embedding_progress_next ON embedding_progress (document_id, vector_set, ordinal);
