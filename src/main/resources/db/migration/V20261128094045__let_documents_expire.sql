-- parent: 20261127114446
-- fingerprint: 8c63334cb10ddc17

SET LOCAL lock_timeout = '5s';

ALTER TABLE document
    ADD COLUMN expires_at timestamp with time zone;

ALTER TABLE revision
    ADD COLUMN expires_at timestamp with time zone;
