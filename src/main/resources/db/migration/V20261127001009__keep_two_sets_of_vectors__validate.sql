-- parent: 20261127001008
-- fingerprint: 59ffaaba2b267090

SET LOCAL lock_timeout = '5s';

ALTER TABLE chunk DROP CONSTRAINT pk_chunk;

ALTER TABLE chunk ADD CONSTRAINT pk_chunk PRIMARY KEY USING INDEX pk_chunk_next;

ALTER TABLE embedding_progress
    DROP CONSTRAINT fk_embedding_progress_document_id;

ALTER TABLE embedding_task DROP CONSTRAINT pk_embedding_task;

ALTER TABLE embedding_task ADD CONSTRAINT pk_embedding_task PRIMARY KEY USING INDEX pk_embedding_task_next;

ALTER TABLE embedding_progress
    ADD CONSTRAINT fk_embedding_progress_document_id FOREIGN KEY (document_id, vector_set) REFERENCES embedding_task(document_id, vector_set) ON DELETE CASCADE NOT VALID;

ALTER TABLE embedding_progress DROP CONSTRAINT pk_embedding_progress;

ALTER TABLE embedding_progress ADD CONSTRAINT pk_embedding_progress PRIMARY KEY USING INDEX pk_embedding_progress_next;

ALTER TABLE embedding_progress VALIDATE CONSTRAINT fk_embedding_progress_document_id;
