-- parent: 20261126200327
-- fingerprint: d1b090f16a942600

SET LOCAL lock_timeout = '5s';

ALTER TABLE document
    ADD COLUMN odd_embedded_version bigint;

ALTER TABLE chunk
    ADD COLUMN vector_set integer DEFAULT 0 NOT NULL;

ALTER TABLE embedding_task
    ADD COLUMN vector_set integer DEFAULT 0 NOT NULL;

ALTER TABLE embedding_progress
    ADD COLUMN vector_set integer DEFAULT 0 NOT NULL;
