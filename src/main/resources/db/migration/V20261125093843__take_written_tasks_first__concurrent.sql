-- parent: 20261123223604
-- fingerprint: 91a8d9aa8da18342

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_due_at;

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_due_at_again;

CREATE INDEX CONCURRENTLY ix_embedding_task_due_at_again ON embedding_task USING btree (due_at)
WHERE (version < 0);

DROP INDEX CONCURRENTLY IF EXISTS ix_embedding_task_due_at_written;

CREATE INDEX CONCURRENTLY ix_embedding_task_due_at_written ON embedding_task USING btree (due_at)
WHERE (version >= 0);
