package dev.tandem.testing;

import io.quarkus.test.junit.callback.QuarkusTestAfterEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.config.FailureConfig;
import io.restassured.response.Response;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Logs the answer that failed a test, after the test: one that is awaited may be another one many times before. Quarkus has REST Assured
 * do so as well, unless it is told not to, but then every request and every answer is written down and set out in lines before anyone
 * knows that it is needed. That was a third of the work of the threads that ask.
 */
public final class LastUnexpectedAnswer implements QuarkusTestBeforeEachCallback, QuarkusTestAfterEachCallback {

    private static final Logger LOG = Logger.getLogger(LastUnexpectedAnswer.class);
    private static final int SHOWN = 4_000;

    private static volatile @Nullable Response last;

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        last = null;
        RestAssured.config = RestAssured.config()
                .failureConfig(
                        FailureConfig.failureConfig().failureListeners((request, expected, answer) -> last = answer));
    }

    @Override
    public void afterEach(QuarkusTestMethodContext context) {
        Response answer = last;
        if (answer != null && context.getTestStatus().isTestFailed()) {
            String body = answer.asString();
            LOG.warnf(
                    "The last answer that was not as expected:%n%s%n%s%n%n%s",
                    answer.statusLine(),
                    answer.headers(),
                    body.length() <= SHOWN ? body : body.substring(0, SHOWN) + "...");
        }
    }
}
