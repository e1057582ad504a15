package dev.tandem.api.http;

import dev.tandem.domain.refusal.Noun;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.rules.Values;
import java.util.UUID;

/** Reads ids in addresses. */
public final class Ids {

    private Ids() {}

    /** @throws Refusal.NotFound if nothing can have such an id */
    public static UUID read(String text, Noun noun) {
        UUID id = Values.id(text);
        if (id == null) {
            throw Refusal.NotFound.of(noun, text);
        }
        return id;
    }
}
