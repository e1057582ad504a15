package dev.tandem.api.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;

/** Limits for imports and exports. */
@ConfigMapping(prefix = "tandem.transfer")
public interface TransferConfig {

    /** The longest accepted line of an import. */
    @WithDefault("4M")
    MemorySize longestLine();

    /** The largest size of an import's lines that is stored for a job. */
    @WithDefault("4G")
    MemorySize largestKept();

    /** How many imports may run at once in this process. Further ones are refused. */
    @WithDefault("8")
    @Positive
    int imports();

    /** How many exports may run at once in this process. Further ones are refused. */
    @WithDefault("16")
    @Positive
    int exports();
}
