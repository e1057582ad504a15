package dev.tandem.house.bad.factory;

import dev.tandem.house.bad.domain.Letter;

/** A door that nobody has to go through. */
public final class LetterFactory {

    public Letter create(String address) {
        return new Letter(address);
    }
}
