package dev.tandem.api;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends requests that an ordinary client would not send. */
public final class RawHttp {

    private RawHttp() {}

    /** @param headers by lower-case name */
    public record Answer(int status, Map<String, String> headers, String body) {

        public boolean isProblem() {
            return headers.getOrDefault("content-type", "").startsWith("application/problem+json");
        }

        /** The problem's code; empty if the answer is not a problem. */
        public String code() {
            int start = body.indexOf("\"code\":\"");
            int last = body.indexOf("\",\"requestId\"");
            return start < 0 || last < start ? "" : body.substring(start + 8, last);
        }
    }

    public static Answer send(String method, String target, byte[] body, String... headers) {
        return send("localhost", method, target, body, headers);
    }

    /** @param host the name under which the service is called */
    public static Answer to(String host, String method, String target, String body, String... headers) {
        return send(host, method, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static Answer send(String host, String method, String target, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Connection: close\r\nContent-Length: ").append(body.length).append("\r\n\r\n");
        return send(bytes(head.toString()), body);
    }

    public static Answer send(String method, String target, String body, String... headers) {
        return send(method, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** A body whose length isn't announced. */
    public static Answer chunked(String method, String target, byte[] body) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int i = 0; i < body.length; i += 50_000) {
            int length = Math.min(50_000, body.length - i);
            chunks.writeBytes(bytes(Integer.toHexString(length) + "\r\n"));
            chunks.write(body, i, length);
            chunks.writeBytes(bytes("\r\n"));
        }
        chunks.writeBytes(bytes("0\r\n\r\n"));
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        return send(bytes(head), chunks.toByteArray());
    }

    /** As {@link #untilClosed}, with each octet in a packet of its own. */
    public static String octetByOctet(String octets) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            for (byte octet : bytes(octets)) {
                socket.getOutputStream().write(octet);
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Sends octets that need not be a request, and returns all that comes back until the service closes the connection.
     *
     * @throws UncheckedIOException if it does not close the connection by itself
     */
    public static String untilClosed(String octets) {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes(octets));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer send(byte[] head, byte[] body) {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(30_000);
            try {
                socket.getOutputStream().write(head);
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // Refused before the end of the body. The answer can still be read.
            }
            return answer(read(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to the end, or to where the connection breaks. */
    private static String read(InputStream in) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.write(buffer, 0, count);
            }
        } catch (IOException e) {
            if (all.size() == 0) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Reads one answer. */
    public static Answer answer(String text) {
        String[] parts = text.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
        }
        int status = lines[0].isEmpty() ? 0 : Integer.parseInt(lines[0].split(" ")[1]);
        return new Answer(status, headers, parts.length < 2 ? "" : parts[1]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
