package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.freeName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.RawHttp.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
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
                "Transfer-Encoding : chunked",
                "no header",
            })
    void theServerRefusesWhatItCannotRead(String header) {
        String all = RawHttp.untilClosed(
                "POST /v1/collections/none:rebuild HTTP/1.1\r\n" + JSON + header + "\r\n\r\n" + hidden);
        isRefused(all, 400, "http.bad_request");
        isTheOnlyAnswer(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Request-Id: a\r\n Host: example.com",
                "Content-Length:\r\n 0",
                "Transfer-Encoding:\r\n\tgzip",
                "X: a\r\n ",
            })
    void aHeaderThatGoesOnInTheNextLineIsRefused(String header) {
        String all = RawHttp.untilClosed(
                "POST /v1/collections/none:rebuild HTTP/1.1\r\n" + JSON + header + "\r\n\r\n" + hidden);
        isRefused(all, 400, "http.folded_header");
        isTheOnlyAnswer(all);
    }

    /** Octet by octet, behind another request, and behind a body whose lines look like such a header. */
    @Test
    void aFoldedHeaderIsFoundWhereverItArrives() throws IOException {
        String folded = "GET " + COLLECTIONS + " HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n";
        isRefused(RawHttp.octetByOctet(folded), 400, "http.folded_header");
        String first = "GET " + COLLECTIONS + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String all = RawHttp.untilClosed(first + folded);
        isRefused(all.substring(all.lastIndexOf(ANSWER)), 400, "http.folded_header");
        String lines = "{\r\n \"name\":\r\n\t\"" + name + "\"}";
        String post = "POST " + COLLECTIONS + " HTTP/1.1\r\n" + JSON + "Content-Length: " + lines.length() + "\r\n\r\n"
                + lines;
        assertThat(RawHttp.answer(
                                RawHttp.octetByOctet(post + first.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whatIsTooLongForTheServerIsAProblemToo() {
        String line = RawHttp.untilClosed("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        isRefused(line, 414, "http.uri_too_long");
        String header = RawHttp.untilClosed(
                "GET " + COLLECTIONS + " HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");
        isRefused(header, 431, "http.headers_too_long");
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
        isRefused(all.substring(all.lastIndexOf(ANSWER)), 400, "http.bad_request");
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

    private static void isRefused(String octets, int status, String code) {
        Answer answer = RawHttp.answer(octets);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.headers()).containsEntry("connection", "close");
    }

    private void isTheOnlyAnswer(String all) {
        assertThat(all.indexOf(ANSWER)).isZero();
        assertThat(all.lastIndexOf(ANSWER)).isZero();
        RestAssured.get(COLLECTIONS + "/" + name).then().statusCode(404);
    }
}
