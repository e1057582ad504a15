package dev.tandem.api.callers;

import dev.tandem.factory.rules.Choice;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** How much of the limits is used. */
@Singleton
class CallerMeters implements MeterBinder {

    private static final String KIND = "kind";

    private final Slots slots;
    private final Allowances allowances;

    CallerMeters(Slots slots, Allowances allowances) {
        this.slots = slots;
        this.allowances = allowances;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (RequestKind kind : RequestKind.values()) {
            String word = Choice.word(kind);
            CallerSlots own = slots.of(kind);
            Gauge.builder("tandem.requests.in.flight", own, CallerSlots::taken)
                    .tag(KIND, word)
                    .register(registry);
            Gauge.builder("tandem.requests.limit", own, CallerSlots::most)
                    .tag(KIND, word)
                    .register(registry);
            FunctionCounter.builder("tandem.requests.refused", own, CallerSlots::refused)
                    .tag(KIND, word)
                    .register(registry);
        }
        FunctionCounter.builder("tandem.requests.over.rate", allowances, Allowances::refused)
                .register(registry);
    }
}
