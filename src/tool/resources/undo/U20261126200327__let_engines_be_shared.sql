-- undoes: 20261126200327

ALTER TABLE ONLY index_cursor
    DROP COLUMN build;

ALTER TABLE ONLY index_cursor
    DROP COLUMN fence;

ALTER TABLE ONLY index_cursor
    DROP COLUMN "position";

ALTER TABLE ONLY index_cursor
    DROP COLUMN shape;
