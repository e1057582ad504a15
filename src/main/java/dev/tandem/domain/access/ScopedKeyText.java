package dev.tandem.domain.access;

import dev.tandem.domain.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key that was made from another one, without asking the service: {@code tds_}, the id of its parent, a dot, terms as JSON in base64url, a
 * dot, and a signature in base64url. The signature is the HMAC-SHA256 of everything before its dot, and its key is the SHA-256 of the parent's
 * secret.
 *
 * @param parentId the id of the parent
 * @param terms what it allows, as JSON in UTF-8
 * @param signature of the holder of the parent
 */
@SuppressWarnings("ArrayRecordComponent") // they are not compared
public record ScopedKeyText(String parentId, byte[] terms, byte[] signature) {

    /** How such a key begins. */
    public static final String PREFIX = "tds_";

    private static final Pattern FORM = Pattern.compile(
            PREFIX + "([0-9A-Za-z]{" + KeyText.ID_LENGTH + "})\\.([0-9A-Za-z_-]{4,6000})\\.([0-9A-Za-z_-]{43})");

    /** A key with these terms. */
    public static ScopedKeyText signed(KeyText parent, byte[] terms) {
        byte[] signature = parent.hash().sign(start(parent.id(), terms));
        return new ScopedKeyText(parent.id(), terms, signature);
    }

    /** The key in a text; empty if the text has another form. */
    public static Optional<ScopedKeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            return Optional.of(
                    new ScopedKeyText(form.group(1), decoder.decode(form.group(2)), decoder.decode(form.group(3))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether it was signed with this secret. */
    public boolean isSignedWith(SecretHash secret) {
        return secret.signed(start(parentId, terms), signature);
    }

    /** The text. It lets in whoever has it. */
    public String text() {
        return new String(start(parentId, terms), StandardCharsets.US_ASCII) + "." + base64(signature);
    }

    /** Distinguishes it from others of the same parent: 16 hexadecimal digits. */
    public String digest() {
        return new Sha256().add(start(parentId, terms)).hex().substring(0, 16);
    }

    private static byte[] start(String parentId, byte[] terms) {
        return (PREFIX + parentId + "." + base64(terms)).getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Says nothing that would let anybody in. */
    @Override
    public String toString() {
        return PREFIX + parentId;
    }
}
