package dev.tandem.service.quota;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.PositiveOrZero;

/** How much may be stored, by all callers together and by each of them. With 0, there is no limit. */
@ConfigMapping(prefix = "tandem.quota")
public interface QuotaConfig {

    /** Roughly how many collections there may be. */
    @WithDefault("1000")
    @PositiveOrZero
    int collections();

    /** Roughly how many documents a collection may have. */
    @WithDefault("0")
    @PositiveOrZero
    long documents();

    /** Roughly how large the lines of all imports may be that wait for jobs, compressed as they are stored. */
    @WithDefault("16G")
    MemorySize spool();

    /** Which part of the collections and of the spool may be of one caller, from 0 to 1. Where nobody is known, all may. */
    @WithDefault("0.5")
    @DecimalMin("0")
    @DecimalMax("1")
    double share();

    /** How large the revisions of a document may be together. The oldest ones beyond that are deleted. */
    @WithDefault("64M")
    MemorySize history();
}
