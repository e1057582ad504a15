-- undoes: 20261125094124

DROP INDEX ix_job_ended_at;
