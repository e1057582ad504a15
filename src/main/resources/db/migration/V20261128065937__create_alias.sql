-- parent: 20261127114446
-- fingerprint: 419337701ab1320e

SET LOCAL lock_timeout = '5s';

CREATE TABLE alias (
    name character varying(64) NOT NULL,
    collection_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT pk_alias PRIMARY KEY (name)
);

CREATE INDEX ix_alias_collection_id ON alias USING btree (collection_id);

ALTER TABLE alias
    ADD CONSTRAINT fk_alias_collection_id FOREIGN KEY (collection_id) REFERENCES collection(id);
