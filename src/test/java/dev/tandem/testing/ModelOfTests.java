package dev.tandem.testing;

import dev.tandem.domain.collection.Derivation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Declares a model without records, as the service of a generated model does. What depends on there being one can be tested without a generator. */
@Singleton
public class ModelOfTests {

    public static final Derivation DERIVATION = new Derivation("records-of-tests", "record_of_tests");

    @Produces
    @Singleton
    Derivation derivation() {
        return DERIVATION;
    }
}
