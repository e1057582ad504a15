package dev.tandem.api.access;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.access.Guarded.collection;
import static dev.tandem.api.access.Guarded.key;
import static dev.tandem.testing.Waiting.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.api.OpenRequest;
import dev.tandem.api.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Who shows a key is counted by it, from whatever address the requests come; and who shows none is not waited for. */
@QuarkusTest
@TestProfile(Guarded.class)
class GuardedSlotsApiTest {

    private static final String ONE = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";

    @Test
    void aKeyHasItsOwnShareOfTheImports() {
        String name = freeName();
        String admin = key("admin", name);
        collection(admin, name);
        String first = importing(name, admin);
        String second = importing(name, key("write", name));
        // Imports that end for being slow would make room, so this is tried until it is quick enough.
        await().atMost(PATIENCE).untilAsserted(() -> {
            try (OpenRequest one = new OpenRequest(ONE, first);
                    OpenRequest same = new OpenRequest(OTHER, first);
                    OpenRequest another = new OpenRequest(ONE, second)) {
                assertThat(one.status()).isEqualTo(200);
                assertThat(same.status()).isEqualTo(503);
                assertThat(another.status()).isEqualTo(200);
            }
        });
    }

    @Test
    void theBodyOfAStrangerIsNotWaitedFor() {
        String all = RawHttp.untilClosed("PUT " + documents("any")
                + "/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{");
        assertThat(RawHttp.answer(all).status()).isEqualTo(401);
    }

    private static String importing(String name, String key) {
        String line = "{\"key\":\"a\",\"title\":\"x\"}\n";
        return "POST " + documents(name) + ":import?results=all HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + key
                + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(line.length()) + "\r\n" + line + "\r\n";
    }
}
