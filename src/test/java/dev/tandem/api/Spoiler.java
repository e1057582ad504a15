package dev.tandem.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Damages requests that were valid. */
public final class Spoiler {

    private static final List<String> PIECES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1e400",
            "-0.0",
            "2147483648",
            "9223372036854775808",
            "NaN",
            "\"\"",
            "[]",
            "{}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"😀\"",
            "[[[[1]]]]",
            "{\"$gt\":{}}",
            "{\"$not\":{\"$not\":1}}",
            "\"(((a+)+)+)+$\"",
            "\"%s%n\"",
            "\"'; drop table document; --\"",
            "\"\\\\\"",
            "{\"$ref\":\"#\"}",
            "{\"type\":[]}",
            "\"a.b..c\"");

    private final Random random;

    /** @param random where the damage comes from */
    public Spoiler(Random random) {
        this.random = random;
    }

    /** Damages it one to three times: replaces a value, or cuts out, doubles or inserts a piece. */
    public String json(String json) {
        String spoilt = json;
        for (int times = random.nextInt(4); times > 0; times--) {
            int start = random.nextInt(spoilt.length() + 1);
            int end = Math.min(spoilt.length(), start + random.nextInt(12));
            spoilt = switch (random.nextInt(5)) {
                case 0 -> spoilt.substring(0, start) + spoilt.substring(end);
                case 1 -> spoilt.substring(0, end) + spoilt.substring(start);
                case 2 -> spoilt.substring(0, start) + any(PIECES) + spoilt.substring(end);
                default -> withAnotherValue(spoilt);
            };
        }
        return spoilt;
    }

    private String withAnotherValue(String json) {
        List<Integer> colons = java.util.stream.IntStream.range(0, json.length())
                .filter(i -> json.charAt(i) == ':')
                .boxed()
                .toList();
        if (colons.isEmpty()) {
            return json;
        }
        int start = any(colons) + 1;
        int end = start;
        int depth = 0;
        while (end < json.length()) {
            char c = json.charAt(end);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (depth < 0 || (depth == 0 && c == ',')) {
                break;
            }
            end++;
        }
        return json.substring(0, start) + any(PIECES) + json.substring(end);
    }

    public String text(String text, String alphabet) {
        if (random.nextInt(3) > 0) {
            return text;
        }
        int at = 1 + random.nextInt(text.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        return text.substring(0, at) + c + text.substring(at);
    }

    public byte[] octets(String body) {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        if (octets.length > 0 && random.nextInt(20) == 0) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return octets;
    }

    public <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
