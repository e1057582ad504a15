package dev.tandem.tool.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.tool.migration.command.CommandLineCall;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tandem's own scripts: whoever forgets one for a changed entity is told here. */
@UsesScratchServer
class OwnMigrationsTest {

    @Test
    void areInOrder() {
        CommandLineCall.Answer answer = CommandLineCall.in(new Project(Path.of("")), "check");
        assertThat(answer.out()).as(answer.err()).startsWith("ok: ");
        assertThat(answer.code()).isZero();
    }
}
