package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.freeName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.RawHttp.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request ends. If that is ambiguous, nothing after it is read, and the connection ends with the answer. */
@QuarkusTest
class FramingApiTest {

    private static final String JSON = "Host: localhost\r\nContent-Type: application/json\r\n";
    private static final String ANSWER = "HTTP/1.";

    private final String name = freeName();
    private final String body = "{\"name\": \"" + name + "\"}";
    private final String hidden =
            "POST " + COLLECTIONS + " HTTP/1.1\r\n" + JSON + "Content-Length: " + body.length() + "\r\n\r\n" + body;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding:\r\n gzip",
                "Transfer-Encoding: gzip\r\nContent-Length: 0",
            })
    void anUnknownTransferCodingHidesNoRequestInTheBody(String header) {
        String all = RawHttp.untilClosed(
                "POST /v1/collections/none:rebuild HTTP/1.1\r\n" + JSON + header + "\r\n\r\n" + hidden);
        Answer answer = RawHttp.answer(all);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("http.framing");
        assertThat(answer.headers()).containsEntry("connection", "close");
        isTheOnlyAnswer(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 0",
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Content-Length: 0\r\nContent-Length: 1",
                "Content-Length: +0",
                "Content-Length:\r\n 0",
                "Transfer-Encoding : chunked",
                "no header",
            })
    void theServerRefusesWhatItCannotRead(String header) {
        String all = RawHttp.untilClosed(
                "POST /v1/collections/none:rebuild HTTP/1.1\r\n" + JSON + header + "\r\n\r\n" + hidden);
        assertThat(RawHttp.answer(all).status()).isEqualTo(400);
        isTheOnlyAnswer(all);
    }

    /** RFC 9112, section 5.2: a header that goes on in the next line is refused, or read as if it had blanks in place of the line break. */
    @Test
    void aFoldedHeaderIsOneHeader() {
        String all = RawHttp.untilClosed("GET " + COLLECTIONS
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: a\r\n Host: example.com\r\n\r\n");
        Answer answer = RawHttp.answer(all);
        assertThat(answer.status()).isEqualTo(200);
        // With a blank, it is no id.
        assertThat(answer.headers().get("x-request-id")).hasSize(36);
        String foreign = RawHttp.untilClosed(
                "GET " + COLLECTIONS + " HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n .example.com\r\n\r\n");
        assertThat(RawHttp.answer(foreign).status()).isBetween(400, 403);
    }

    @Test
    void aVersionThatIsNotSpokenIsRefused() {
        String all = RawHttp.untilClosed("GET " + COLLECTIONS + " HTTP/9.9\r\nHost: localhost\r\n\r\n");
        assertThat(RawHttp.answer(all).status()).isEqualTo(400);
        assertThat(RawHttp.answer(all).code()).isEqualTo("http.version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade\r\nUpgrade: h2c",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: %%%%",
            })
    void theWishForHttp2IsIgnoredAndJunkAfterItIsRefused(String wish) {
        String all = RawHttp.untilClosed(
                "GET " + COLLECTIONS + " HTTP/1.1\r\nHost: localhost\r\n" + wish + "\r\n\r\njunk junk junk\r\n\r\n");
        assertThat(RawHttp.answer(all).status()).isEqualTo(200);
        assertThat(all.substring(all.lastIndexOf(ANSWER))).startsWith("HTTP/1.0 400 ");
    }

    @Test
    void chunksAreReadAndTheConnectionStays() {
        String request = "POST " + COLLECTIONS + " HTTP/1.1\r\n" + JSON + "Transfer-Encoding: Chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        String next = "GET " + COLLECTIONS + "/" + name + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        String all = RawHttp.untilClosed(request + next);
        assertThat(RawHttp.answer(all).status()).isEqualTo(201);
        assertThat(RawHttp.answer(all.substring(all.lastIndexOf(ANSWER))).status())
                .isEqualTo(200);
    }

    private void isTheOnlyAnswer(String all) {
        assertThat(all.indexOf(ANSWER)).isZero();
        assertThat(all.lastIndexOf(ANSWER)).isZero();
        RestAssured.get(COLLECTIONS + "/" + name).then().statusCode(404);
    }
}
