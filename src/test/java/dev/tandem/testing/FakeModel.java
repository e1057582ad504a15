package dev.tandem.testing;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers two instances of {@link FakeEmbedder} beside the real models, so that tests need not wait for the real ones. */
@Singleton
class FakeModel {

    @Produces
    @Singleton
    FakeEmbedder fakeEmbedder() {
        return new FakeEmbedder();
    }

    @Produces
    @Singleton
    @FakeEmbedder.Second
    FakeEmbedder secondFakeEmbedder() {
        return new FakeEmbedder(FakeEmbedder.SECOND_MODEL);
    }
}
