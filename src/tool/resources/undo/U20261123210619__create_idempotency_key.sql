-- undoes: 20261123210619

DROP TABLE idempotency_key;
