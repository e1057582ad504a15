-- parent: 20261127040729
-- fingerprint: fe8dc2e47ff9285f

SET LOCAL lock_timeout = '5s';

CREATE TABLE secret (
    name character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    octets bytea NOT NULL,
    CONSTRAINT pk_secret PRIMARY KEY (name)
);
