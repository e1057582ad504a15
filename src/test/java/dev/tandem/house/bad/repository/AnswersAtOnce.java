package dev.tandem.house.bad.repository;

import dev.tandem.house.bad.domain.Thing;

/** A repository whose callers would have to wait. */
public final class AnswersAtOnce {

    public Thing get(String name) {
        return new Thing(name);
    }
}
