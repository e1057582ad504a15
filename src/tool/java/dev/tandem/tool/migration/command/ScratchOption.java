package dev.tandem.tool.migration.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where scratch databases are created. */
final class ScratchOption {

    @Option(
            names = "--scratch-url",
            paramLabel = "URL",
            description =
                    "A server on which databases may be made and dropped, where the embedded PostgreSQL lacks something,"
                            + " an extension say.")
    Optional<String> url = Optional.empty();
}
