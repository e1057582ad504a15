-- undoes: 20261125231802, 20261125231803

UPDATE embedding_task SET version = -version WHERE asked_by = 'JOB';

ALTER TABLE embedding_progress
    DROP CONSTRAINT fk_embedding_progress_document_id;

DROP INDEX ix_embedding_task_collection_id_sequence;

DROP INDEX ix_embedding_task_collection_id_parked_at;

DROP INDEX ix_embedding_task_collection_id_due_at_again_small;

DROP INDEX ix_embedding_task_collection_id_due_at_written_large;

DROP INDEX ix_embedding_task_collection_id_due_at_again_large;

DROP INDEX ix_embedding_task_collection_id_due_at_written_small;

ALTER TABLE ONLY embedding_task
    DROP COLUMN asked_at;

ALTER TABLE ONLY embedding_task
    DROP COLUMN asked_by;

ALTER TABLE ONLY embedding_task
    DROP COLUMN sequence;

ALTER TABLE ONLY embedding_task
    DROP COLUMN size;

ALTER TABLE ONLY embedding_task
    DROP COLUMN token;

DROP TABLE embedding_progress;

CREATE INDEX ix_embedding_task_due_at_again ON embedding_task USING btree (due_at)
WHERE (version < 0);

CREATE INDEX ix_embedding_task_due_at_written ON embedding_task USING btree (due_at)
WHERE (version >= 0);
