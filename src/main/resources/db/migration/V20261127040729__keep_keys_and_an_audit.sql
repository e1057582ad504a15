-- parent: 20261127001009
-- fingerprint: 0f1e7aacb4475853

SET LOCAL lock_timeout = '5s';

CREATE TABLE api_key (
    id character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by character varying(300) NOT NULL,
    expires_at timestamp with time zone,
    former_hash character varying(64),
    former_until timestamp with time zone,
    grants jsonb NOT NULL,
    last_used_at timestamp with time zone,
    name character varying(200) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    CONSTRAINT pk_api_key PRIMARY KEY (id)
);

CREATE TABLE audit (
    id uuid NOT NULL,
    action character varying(100) NOT NULL,
    at timestamp with time zone NOT NULL,
    principal character varying(300) NOT NULL,
    request_id character varying(128),
    target character varying(600),
    times bigint NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (id)
);

-- lint: allow changing-column-type because a longer varchar changes the catalogue alone
ALTER TABLE document
    ALTER COLUMN author TYPE character varying(600);

-- lint: allow changing-column-type because a longer varchar changes the catalogue alone
ALTER TABLE revision
    ALTER COLUMN author TYPE character varying(600);

-- lint: allow changing-column-type because a longer varchar changes the catalogue alone
ALTER TABLE revision
    ALTER COLUMN ended_by TYPE character varying(600);

CREATE INDEX ix_audit_at ON audit USING btree (at);
