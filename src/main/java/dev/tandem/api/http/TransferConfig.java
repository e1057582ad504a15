package dev.tandem.api.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;

/** How much may be on its way in and out at once. */
@ConfigMapping(prefix = "tandem.transfer")
public interface TransferConfig {

    /** The longest line of an import that is read. */
    @WithDefault("4M")
    MemorySize longestLine();

    /** How much of an import's body, in its lines, is kept at most for a job to write. */
    @WithDefault("4G")
    MemorySize largestKept();

    /** How many imports may run at once in this process before the next one is turned away. */
    @WithDefault("8")
    @Positive
    int imports();

    /** How many exports may run at once in this process before the next one is turned away. */
    @WithDefault("16")
    @Positive
    int exports();
}
