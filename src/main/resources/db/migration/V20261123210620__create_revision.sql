-- parent: 20261123210619
-- fingerprint: 32882a303d572f2f

SET LOCAL lock_timeout = '5s';

CREATE TABLE revision (
    document_id uuid NOT NULL,
    version bigint NOT NULL,
    author character varying(256),
    collection_id uuid NOT NULL,
    content text,
    content_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    embedding bytea,
    ended_at timestamp with time zone NOT NULL,
    ended_by character varying(256),
    ending character varying(16) NOT NULL,
    key character varying(256) COLLATE "C" NOT NULL,
    metadata jsonb NOT NULL,
    title text,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_revision PRIMARY KEY (document_id, version)
);

ALTER TABLE document
    ADD COLUMN author character varying(256);

CREATE INDEX ix_revision_collection_id_key_ended_at ON revision USING btree (collection_id, key, ended_at);
