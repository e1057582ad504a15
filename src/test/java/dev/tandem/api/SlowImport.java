package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.testing.Waiting.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** An import whose lines are sent one by one. */
final class SlowImport implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader answers;

    /** @param headers further ones, each with its end of the line */
    SlowImport(String collection, String headers) throws IOException {
        socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String results = headers.isEmpty() ? "?results=all" : "";
        write("POST " + documents(collection) + ":import" + results + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    }

    void send(String key) throws IOException {
        String line = "{\"key\": \"" + key + "\", \"title\": \"x\"}\n";
        write(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
    }

    void end() throws IOException {
        write("0\r\n\r\n");
    }

    /** The next line of the answer that contains this. */
    String heard(String part) throws IOException {
        String line = answers.readLine();
        while (!line.contains(part)) {
            line = answers.readLine();
        }
        return line;
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
