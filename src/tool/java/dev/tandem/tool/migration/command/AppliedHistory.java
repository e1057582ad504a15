package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.Server;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Which scripts a database has applied, according to Flyway. */
final class AppliedHistory {

    private static final String AFTER_FAILURE =
            "put the rows right and ./db upgrade, or ./db downgrade -1 takes it back; if neither helps, remove what it"
                    + " left and ./db repair";

    private final List<MigrationInfo> scripts;

    private AppliedHistory(List<MigrationInfo> scripts) {
        this.scripts = scripts;
    }

    /** @throws MigrationRefusal if the database can't be read */
    static AppliedHistory of(Server server, MigratedSchema migrations) {
        reach(server);
        try {
            MigrationInfo[] all = migrations.flyway(server).load().info().all();
            return new AppliedHistory(
                    Stream.of(all).filter(MigrationInfo::isVersioned).toList());
        } catch (FlywayException e) {
            throw new MigrationRefusal(
                    "Can't read the history: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    /** Reports in one line what Flyway would report in twenty. */
    private static void reach(Server server) {
        try {
            server.connect().close();
        } catch (SQLException e) {
            throw new MigrationRefusal("The connection broke: " + e.getMessage(), e);
        }
    }

    /** The last script that was applied. */
    Optional<MigrationInfo> current() {
        return applied().reduce((first, second) -> second);
    }

    Optional<String> currentVersion() {
        return current().map(script -> script.getVersion().getVersion());
    }

    /** The script that failed and may have left something; it is then the last one that ran. */
    Optional<String> failed() {
        return scripts.stream()
                .filter(script -> script.getState().isFailed())
                .map(script -> script.getVersion().getVersion())
                .reduce((first, second) -> second);
    }

    boolean isApplied(String version) {
        return applied().anyMatch(script -> script.getVersion().getVersion().equals(version));
    }

    List<MigrationInfo> pending() {
        return scripts.stream()
                .filter(script -> !script.getState().isApplied())
                .filter(script -> script.getState() != MigrationState.IGNORED)
                .toList();
    }

    /** What is wrong with the history, one line each with the remedy; empty if nothing is. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (MigrationInfo script : scripts) {
            MigrationState state = script.getState();
            if (state.isFailed()) {
                problems.add(script.getScript() + " failed halfway: " + AFTER_FAILURE);
            } else if (state == MigrationState.IGNORED) {
                problems.add(script.getScript() + " is older than what is applied already: ./db rebase "
                        + script.getScript());
            } else if (state.isApplied() && !state.isResolved()) {
                problems.add(script.getScript()
                        + " was applied, but its file is gone: bring it back, or ./db stamp the version"
                        + " before it; if it was rebased, ./db upgrade");
            } else if (state.isApplied() && !script.isChecksumMatching()) {
                problems.add(script.getScript()
                        + " was edited after it was applied: undo the edit and write a new script, or" + " ./db stamp "
                        + script.getVersion() + " if the database has both");
            }
        }
        return problems;
    }

    /** @throws MigrationRefusal with the first problem, if there is one */
    AppliedHistory clean() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new MigrationRefusal(problems.get(0));
        }
        return this;
    }

    private Stream<MigrationInfo> applied() {
        return scripts.stream()
                .filter(script ->
                        script.getState().isApplied() && !script.getState().isFailed());
    }
}
