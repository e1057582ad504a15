-- parent: 20261128174101
-- fingerprint: 950a52eaf77e8f88

SET LOCAL lock_timeout = '5s';

ALTER TABLE metadata_index
    ADD COLUMN job_id uuid;

ALTER TABLE metadata_index
    ADD COLUMN stopped character varying(16);
