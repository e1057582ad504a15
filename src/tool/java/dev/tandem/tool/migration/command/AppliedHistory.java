package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final ScriptFolder folder;

    private AppliedHistory(List<MigrationInfo> scripts, ScriptFolder folder) {
        this.scripts = scripts;
        this.folder = folder;
    }

    /** @throws MigrationRefusal if the database can't be read */
    static AppliedHistory of(Server server, ScriptFolder folder) {
        reach(server);
        try {
            MigrationInfo[] all = folder.history().flyway(server).load().info().all();
            return new AppliedHistory(
                    Stream.of(all).filter(MigrationInfo::isVersioned).toList(), folder);
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

    /**
     * The applied scripts that no applied one follows, the newest version first: one, unless a database has several branches and not yet the
     * script that merges them. One whose file is gone is among them only if it was applied last.
     */
    List<MigrationInfo> ends() {
        List<MigrationInfo> applied = applied().toList();
        Set<String> followed = new HashSet<>();
        List<MigrationInfo> ends = new ArrayList<>();
        applied.stream()
                .sorted((one, other) -> other.getVersion().compareTo(one.getVersion()))
                .filter(script -> folder.script(version(script)).isPresent() || script == applied.getLast())
                .forEach(script -> {
                    if (!followed.contains(version(script))) {
                        ends.add(script);
                        folder.lineage(List.of(version(script))).forEach(before -> followed.add(before.version()));
                    }
                });
        return ends;
    }

    /** The versions of {@link #ends}. */
    List<String> endVersions() {
        return ends().stream().map(AppliedHistory::version).toList();
    }

    ScriptFolder folder() {
        return folder;
    }

    /** The script that failed and may have left something; it is then the last one that ran. */
    Optional<String> failed() {
        return scripts.stream()
                .filter(script -> script.getState().isFailed())
                .map(AppliedHistory::version)
                .reduce((first, second) -> second);
    }

    boolean isApplied(String version) {
        return applied().anyMatch(script -> version(script).equals(version));
    }

    /** Those of the folder's scripts that are applied, in the folder's order. */
    List<MigrationScript> appliedScripts() {
        Set<String> versions = applied().map(AppliedHistory::version).collect(Collectors.toSet());
        return folder.scripts().stream()
                .filter(script -> versions.contains(script.version()))
                .toList();
    }

    /** In the order in which they will run. Among them is a branch that is older than what is applied, if a script merges the two. */
    List<MigrationInfo> pending() {
        return scripts.stream()
                .filter(script -> !script.getState().isApplied())
                .filter(script -> script.getState() != MigrationState.IGNORED)
                .filter(script -> late(script).isEmpty())
                .toList();
    }

    /** What is wrong with the history, one line each with the remedy; empty if nothing is. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (MigrationInfo script : scripts) {
            MigrationState state = script.getState();
            if (state.isFailed()) {
                problems.add(script.getScript() + " failed halfway: " + AFTER_FAILURE);
            } else if (!state.isApplied()) {
                late(script).ifPresent(problems::add);
            } else if (!state.isResolved()) {
                problems.add(script.getScript()
                        + " was applied, but its file is gone: bring it back, or ./db stamp the version"
                        + " before it; if it was rebased, ./db upgrade");
            } else if (!script.isChecksumMatching()) {
                problems.add(script.getScript()
                        + " was edited after it was applied: undo the edit and write a new script, or" + " ./db stamp "
                        + script.getVersion() + " if the database has both");
            }
        }
        return problems;
    }

    /** Why a script that was not applied must not run any more, with the ways out; empty if it may. */
    private Optional<String> late(MigrationInfo info) {
        Optional<MigrationScript> script = folder.script(version(info));
        if (script.isEmpty()) {
            return Optional.empty();
        }
        String older = script.get().fileName() + " is older than what is applied already, ";
        for (MigrationScript newer : newerThan(info)) {
            if (!folder.follows(newer, script.get())) {
                if (!folder.areMerged(newer, script.get())) {
                    return Optional.of(older + newer.fileName() + ", and no script merges the two: ./db rebase "
                            + script.get().fileName() + " if it is deployed nowhere, ./db merge if both are");
                }
            } else if (!MovedScripts.isMoved(newer)) {
                return Optional.of(
                        older + newer.fileName() + ", which follows it: give it a newer version, or ./db stamp "
                                + newer.version() + " if the database has what it does");
            }
        }
        return Optional.empty();
    }

    private List<MigrationScript> newerThan(MigrationInfo script) {
        return applied()
                .filter(other -> other.getVersion().compareTo(script.getVersion()) > 0)
                .flatMap(other -> folder.script(version(other)).stream())
                .toList();
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

    private static String version(MigrationInfo script) {
        return script.getVersion().getVersion();
    }
}
