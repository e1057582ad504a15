package dev.tandem.api.http;

import dev.tandem.domain.error.Refusal;
import org.jspecify.annotations.Nullable;

/** Reads parameters of the query part, which JAX-RS would answer with 404 where they can't be read. */
public final class Query {

    private Query() {}

    /** A whole number between the two, both included; the fallback where there is none. */
    public static int number(String name, @Nullable String text, int fallback, int least, int greatest) {
        if (text == null) {
            return fallback;
        }
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= greatest) {
                return number;
            }
        }
        throw new Refusal.Malformed(
                "parameter." + name, "/" + name, name + " is a whole number from " + least + " to " + greatest + ".");
    }
}
