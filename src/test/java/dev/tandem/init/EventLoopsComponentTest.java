package dev.tandem.init;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@QuarkusTest
class EventLoopsComponentTest {

    @Inject
    Vertx vertx;

    @Test
    @EnabledOnOs(OS.LINUX)
    void theyUseTheTransportOfThePlatform() {
        assertThat(vertx.isNativeTransportEnabled()).isTrue();
    }
}
