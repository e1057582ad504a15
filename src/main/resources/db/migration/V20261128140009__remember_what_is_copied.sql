-- parent: 20261128124938
-- fingerprint: b8d614a87522844c

-- was: 20261128133213



SET LOCAL lock_timeout = '5s';

CREATE TABLE copied_document (
    job_id uuid NOT NULL,
    key character varying(256) NOT NULL,
    copy_id uuid NOT NULL,
    document_id uuid NOT NULL,
    expires_at timestamp with time zone,
    version bigint NOT NULL,
    CONSTRAINT pk_copied_document PRIMARY KEY (job_id, key)
);

CREATE INDEX ix_copied_document_job_id_document_id ON copied_document USING btree (job_id, document_id);

ALTER TABLE copied_document
    ADD CONSTRAINT fk_copied_document_job_id FOREIGN KEY (job_id) REFERENCES job(id) ON DELETE CASCADE;
