-- parent: 20261128114644
-- fingerprint: 9677a16098a6952b

SET LOCAL lock_timeout = '5s';

CREATE TABLE hit_list (
    id uuid NOT NULL,
    collection_id uuid NOT NULL,
    cut boolean NOT NULL,
    exact boolean NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    fingerprint character varying(64) NOT NULL,
    hits bytea NOT NULL,
    sequence bigint NOT NULL,
    total bigint,
    vector_set integer NOT NULL,
    CONSTRAINT pk_hit_list PRIMARY KEY (id)
);

CREATE INDEX ix_hit_list_expires_at ON hit_list USING btree (expires_at);

CREATE INDEX ix_hit_list_collection_id ON hit_list USING btree (collection_id);

ALTER TABLE hit_list
    ADD CONSTRAINT fk_hit_list_collection_id FOREIGN KEY (collection_id) REFERENCES collection(id) ON DELETE CASCADE;
