package dev.tandem.house.bad.service;

import dev.tandem.domain.access.Scope;

/** Whoever asks it sees the documents of all tenants. */
public final class ReadsPastTheScope {

    private ReadsPastTheScope() {}

    public static Scope scope() {
        return Scope.EVERYTHING;
    }
}
