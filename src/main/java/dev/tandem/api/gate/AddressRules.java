package dev.tandem.api.gate;

import dev.tandem.api.http.Query;
import dev.tandem.domain.refusal.Refusal;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that make an address unambiguous. Frameworks on the way resolve dots, drop what follows a semicolon, join slashes and replace
 * invalid UTF-8. Each of these can turn a document's address into that of another document, or {@code DELETE .../documents/..} into the
 * deletion of a collection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.3">RFC 3986, section 3.3</a>
 */
final class AddressRules {

    private AddressRules() {}

    /** Why a request's path or query is refused, or null. */
    static @Nullable Refusal refusal(HttpServerRequest request) {
        String[] parts = request.uri().split("\\?", 2);
        if (!isText(parts[0]) || (parts.length > 1 && !isText(parts[1]))) {
            return new Refusal.Malformed(
                    "address.malformed", "", "An address must be percent-encoded UTF-8, without the character U+0000.");
        }
        if (!isPlain(parts[0])) {
            return new Refusal.Malformed(
                    "address.ambiguous",
                    "",
                    "No part of a path may be empty, '.' or '..'. Write ';' and '/' within a key as %3B and %2F.");
        }
        return parts.length > 1 ? parameters(request) : null;
    }

    private static @Nullable Refusal parameters(HttpServerRequest request) {
        for (Map.Entry<String, String> parameter : request.params()) {
            String name = parameter.getKey();
            if (parameter.getValue().isEmpty()) {
                return new Refusal.Malformed(
                        "parameter.empty", Query.pointer(name), "A parameter must have a value, or be left out.");
            }
            List<String> values = request.params().getAll(name);
            if (values.size() > 1) {
                return new Refusal.Malformed(
                        "parameter.repeated", Query.pointer(name), "A parameter must not be repeated.");
            }
        }
        return null;
    }

    /** Whether it percent-decodes to valid UTF-8. */
    private static boolean isText(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            int b = c == '%' ? octet(encoded, i + 1) : c;
            if (b <= 0 || c > '~') {
                return false;
            }
            bytes.put((byte) b);
            i += c == '%' ? 2 : 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The octet, or -1 if these are not two hexadecimal digits. */
    private static int octet(String encoded, int start) {
        boolean isThere = start + 2 <= encoded.length()
                && Character.digit(encoded.charAt(start), 16) >= 0
                && Character.digit(encoded.charAt(start + 1), 16) >= 0;
        return isThere ? Integer.parseInt(encoded, start, start + 2, 16) : -1;
    }

    /** A slash at the end is common and harmless, so it is allowed. */
    private static boolean isPlain(String path) {
        if (path.indexOf(';') >= 0 || path.contains("//")) {
            return false;
        }
        for (String segment : path.split("/", -1)) {
            String dots = segment.replace("%2e", ".").replace("%2E", ".");
            if (dots.equals(".") || dots.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
