package dev.tandem.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.collection.Language;
import dev.tandem.index.EngineFixture;
import dev.tandem.index.LeewayIndexContract;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class LuceneLeewayIndexTest extends LeewayIndexContract {

    @TempDir
    Path folder;

    @Override
    protected EngineFixture open() {
        return LuceneFixture.in(folder);
    }

    /** OpenSearch finds a similar word only as it is spelled. */
    @Test
    @DisplayName("an ending is no typo")
    void endings() {
        write(Language.ENGLISH, "white wheels", "white whales", "white");
        assertThat(found("whlae", FUZZY)).containsExactly("white whales");
    }
}
