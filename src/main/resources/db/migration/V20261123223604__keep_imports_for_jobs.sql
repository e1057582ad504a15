-- parent: 20261123210620
-- fingerprint: 110dfd9b63f557c0

SET LOCAL lock_timeout = '5s';

CREATE TABLE import_page (
    job_id uuid NOT NULL,
    ordinal bigint NOT NULL,
    lines bytea NOT NULL,
    CONSTRAINT pk_import_page PRIMARY KEY (job_id, ordinal)
);

ALTER TABLE job
    ADD COLUMN counts jsonb;

ALTER TABLE job_error
    ADD COLUMN line bigint;

-- lint: allow ban-drop-not-null because a replica of before only passes the key on, and only to who asks for the errors of an import
ALTER TABLE ONLY job_error
    ALTER COLUMN key DROP NOT NULL;

ALTER TABLE import_page
    ADD CONSTRAINT fk_import_page_job_id FOREIGN KEY (job_id) REFERENCES job(id) ON DELETE CASCADE;
