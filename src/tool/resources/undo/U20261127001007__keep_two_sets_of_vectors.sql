-- undoes: 20261127001007, 20261127001008, 20261127001009

ALTER TABLE ONLY document
    DROP COLUMN odd_embedded_version;

ALTER TABLE chunk
    DROP CONSTRAINT pk_chunk;

ALTER TABLE ONLY chunk
    DROP COLUMN vector_set;

ALTER TABLE embedding_progress
    DROP CONSTRAINT fk_embedding_progress_document_id;

ALTER TABLE embedding_task
    DROP CONSTRAINT pk_embedding_task;

DROP INDEX ix_embedding_task_collection_id_due_at_again_large;

DROP INDEX ix_embedding_task_collection_id_due_at_again_small;

DROP INDEX ix_embedding_task_collection_id_due_at_written_large;

DROP INDEX ix_embedding_task_collection_id_due_at_written_small;

DROP INDEX ix_embedding_task_collection_id_sequence;

ALTER TABLE ONLY embedding_task
    DROP COLUMN vector_set;

ALTER TABLE embedding_progress
    DROP CONSTRAINT pk_embedding_progress;

ALTER TABLE ONLY embedding_progress
    DROP COLUMN vector_set;

ALTER TABLE chunk
    ADD CONSTRAINT pk_chunk PRIMARY KEY (document_id, ordinal);

ALTER TABLE embedding_task
    ADD CONSTRAINT pk_embedding_task PRIMARY KEY (document_id);

ALTER TABLE embedding_progress
    ADD CONSTRAINT fk_embedding_progress_document_id FOREIGN KEY (document_id) REFERENCES embedding_task(document_id) ON DELETE CASCADE;

CREATE INDEX ix_embedding_task_collection_id_due_at_again_large ON embedding_task USING btree (collection_id, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'JOB'::text) AND (size > 16000));

CREATE INDEX ix_embedding_task_collection_id_due_at_again_small ON embedding_task USING btree (collection_id, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'JOB'::text) AND (size <= 16000));

CREATE INDEX ix_embedding_task_collection_id_due_at_written_large ON embedding_task USING btree (collection_id, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'WRITE'::text) AND (size > 16000));

CREATE INDEX ix_embedding_task_collection_id_due_at_written_small ON embedding_task USING btree (collection_id, due_at)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'WRITE'::text) AND (size <= 16000));

CREATE INDEX ix_embedding_task_collection_id_sequence ON embedding_task USING btree (collection_id, sequence)
WHERE ((parked_at IS NULL) AND ((asked_by)::text = 'WRITE'::text));

ALTER TABLE embedding_progress
    ADD CONSTRAINT pk_embedding_progress PRIMARY KEY (document_id, ordinal);
