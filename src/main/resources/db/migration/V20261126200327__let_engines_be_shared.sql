-- parent: 20261126034642
-- fingerprint: 49f8eb61d41b0770

SET LOCAL lock_timeout = '5s';

ALTER TABLE index_cursor
    ADD COLUMN build character varying(64);

ALTER TABLE index_cursor
    ADD COLUMN fence bigint;

ALTER TABLE index_cursor
    ADD COLUMN "position" text;

ALTER TABLE index_cursor
    ADD COLUMN shape character varying(100);
