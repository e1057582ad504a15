-- parent: 20261127061747
-- fingerprint: 0b93ed476c5f6bf9

SET LOCAL lock_timeout = '5s';

ALTER TABLE collection
    ADD COLUMN creator character varying(300);
