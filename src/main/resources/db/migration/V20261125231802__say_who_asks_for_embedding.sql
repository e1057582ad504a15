-- parent: 20261125094124
-- fingerprint: 2c013b18eb349e5c

SET LOCAL lock_timeout = '5s';

CREATE TABLE embedding_progress (
    document_id uuid NOT NULL,
    ordinal integer NOT NULL,
    embedding bytea NOT NULL,
    end_offset integer NOT NULL,
    start_offset integer NOT NULL,
    CONSTRAINT pk_embedding_progress PRIMARY KEY (document_id, ordinal)
);

ALTER TABLE embedding_task
    ADD COLUMN asked_at timestamp with time zone DEFAULT now() NOT NULL;

ALTER TABLE embedding_task
    ADD COLUMN asked_by character varying(8) DEFAULT 'WRITE'::character varying NOT NULL;

ALTER TABLE embedding_task
    ADD COLUMN sequence xid8 DEFAULT pg_current_xact_id() NOT NULL;

ALTER TABLE embedding_task
    ADD COLUMN size integer DEFAULT 0 NOT NULL;

ALTER TABLE embedding_task
    ADD COLUMN token uuid;

ALTER TABLE embedding_progress
    ADD CONSTRAINT fk_embedding_progress_document_id FOREIGN KEY (document_id) REFERENCES embedding_task(document_id) ON DELETE CASCADE;

-- A version below zero meant that a job asks. The tasks that exist already are older than every write that can be waited for.
UPDATE embedding_task
SET asked_by = CASE WHEN embedding_task.version < 0 THEN 'JOB' ELSE 'WRITE' END,
    version = CASE WHEN embedding_task.version < 0 THEN document.version ELSE embedding_task.version END,
    sequence = '0',
    size = coalesce(octet_length(document.title), 0) + coalesce(octet_length(document.content), 0)
FROM document WHERE document.id = embedding_task.document_id;
