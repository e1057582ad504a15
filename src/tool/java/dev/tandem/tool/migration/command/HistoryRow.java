package dev.tandem.tool.migration.command;

import dev.tandem.database.migration.RowMigration;
import dev.tandem.tool.migration.script.MigrationScript;
import java.util.List;

/** SQL that keeps Flyway's history correct when a script is run by hand. */
final class HistoryRow {

    /** As Flyway creates it in an empty database. */
    static final String TABLE = """
            create table if not exists flyway_schema_history (
                installed_rank integer       not null constraint flyway_schema_history_pk primary key,
                version        varchar(50),
                description    varchar(200)  not null,
                type           varchar(20)   not null,
                script         varchar(1000) not null,
                checksum       integer,
                installed_by   varchar(100)  not null,
                installed_on   timestamp     not null default now(),
                execution_time integer       not null,
                success        boolean       not null
            );
            create index if not exists flyway_schema_history_s_idx on flyway_schema_history (success);
            """;

    private HistoryRow() {}

    static String added(MigrationScript script) {
        return """
                insert into flyway_schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                select coalesce(max(installed_rank), 0) + 1, '%s', '%s', 'SQL', '%s', %d, current_user, 0, true
                from flyway_schema_history;""".formatted(
                        script.version(),
                        script.slug().replace('_', ' '),
                        script.fileName(),
                        RowMigration.checksum(script.text()));
    }

    static String removed(List<String> versions) {
        return "delete from flyway_schema_history where version in ('" + String.join("', '", versions) + "');";
    }
}
