-- parent: 20261123030000
-- fingerprint: 02b132234048f253

SET LOCAL lock_timeout = '5s';

CREATE TABLE job (
    id uuid NOT NULL,
    attempts integer NOT NULL,
    cancel_requested boolean NOT NULL,
    collection character varying(64) NOT NULL,
    collection_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    cursor character varying(1000),
    done bigint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    error character varying(1000),
    error_code character varying(100),
    failed bigint NOT NULL,
    holder uuid,
    kind character varying(32) NOT NULL,
    lease_until timestamp with time zone,
    parameters jsonb NOT NULL,
    sequence bigint NOT NULL,
    started_at timestamp with time zone,
    state character varying(16) NOT NULL,
    total bigint,
    CONSTRAINT pk_job PRIMARY KEY (id)
);

CREATE TABLE job_error (
    job_id uuid NOT NULL,
    ordinal bigint NOT NULL,
    code character varying(100) NOT NULL,
    key character varying(256) NOT NULL,
    message text NOT NULL,
    pointer text NOT NULL,
    CONSTRAINT pk_job_error PRIMARY KEY (job_id, ordinal)
);

ALTER TABLE embedding_task
    ADD COLUMN job_id uuid;

CREATE INDEX ix_job_due_at ON job USING btree (due_at)
WHERE (ended_at IS NULL);

ALTER TABLE job_error
    ADD CONSTRAINT fk_job_error_job_id FOREIGN KEY (job_id) REFERENCES job(id) ON DELETE CASCADE;
