-- undoes: 20261127114446

ALTER TABLE ONLY collection
    DROP COLUMN creator;
