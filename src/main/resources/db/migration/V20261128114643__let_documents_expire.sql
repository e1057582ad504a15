-- parent: 20261128065937
-- fingerprint: 4e9cd7f89c14590c

-- was: 20261128094045



SET LOCAL lock_timeout = '5s';

ALTER TABLE document
    ADD COLUMN expires_at timestamp with time zone;

ALTER TABLE revision
    ADD COLUMN expires_at timestamp with time zone;
