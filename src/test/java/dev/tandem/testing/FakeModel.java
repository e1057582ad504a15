package dev.tandem.testing;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers {@link FakeEmbedder} beside the real models, so that tests need not wait for those. */
@Singleton
class FakeModel {

    @Produces
    @Singleton
    FakeEmbedder fakeEmbedder() {
        return new FakeEmbedder();
    }
}
