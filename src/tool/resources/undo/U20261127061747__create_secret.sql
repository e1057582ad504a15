-- undoes: 20261127061747

DROP TABLE secret;
