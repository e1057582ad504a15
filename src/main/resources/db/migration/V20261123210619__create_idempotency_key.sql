-- parent: 20261123201350
-- fingerprint: 4743514d5f8b8c2a

SET LOCAL lock_timeout = '5s';

CREATE TABLE idempotency_key (
    hash character varying(64) NOT NULL,
    body text,
    expires_at timestamp with time zone NOT NULL,
    fingerprint character varying(64) NOT NULL,
    headers jsonb,
    lease_until timestamp with time zone NOT NULL,
    status integer,
    token uuid NOT NULL,
    CONSTRAINT pk_idempotency_key PRIMARY KEY (hash)
);

CREATE INDEX ix_idempotency_key_expires_at ON idempotency_key USING btree (expires_at);
