package dev.tandem.house.bad.api;

import dev.tandem.house.bad.repository.AnswersAtOnce;

/** A resource that does without the use cases. */
public final class SkipsTheUseCases {

    private final AnswersAtOnce repository = new AnswersAtOnce();

    public String name() {
        return repository.get("name").toString();
    }
}
