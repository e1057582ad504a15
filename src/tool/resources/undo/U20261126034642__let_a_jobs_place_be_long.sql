-- undoes: 20261126034642

ALTER TABLE job
    ALTER COLUMN cursor TYPE character varying(1000);
