-- parent: 20261126033031
-- fingerprint: ced1ca962dac6462

SET LOCAL lock_timeout = '5s';

-- lint: allow changing-column-type because varchar to text changes the catalogue alone
ALTER TABLE job
    ALTER COLUMN cursor TYPE text;
