-- undoes: 20261123201105

DROP TABLE idempotency_key;
