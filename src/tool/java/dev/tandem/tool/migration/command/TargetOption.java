package dev.tandem.tool.migration.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The database that a verb works on. */
final class TargetOption {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "A database other than that of quarkus:dev: jdbc:postgresql://host/db or"
                    + " postgresql://user:password@host/db (else PGUSER, PGPASSWORD).")
    Optional<String> url = Optional.empty();
}
