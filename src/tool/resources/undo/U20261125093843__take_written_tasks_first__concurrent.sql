-- undoes: 20261125093843

DROP INDEX ix_embedding_task_due_at_again;

DROP INDEX ix_embedding_task_due_at_written;

CREATE INDEX ix_embedding_task_due_at ON embedding_task USING btree (due_at);
