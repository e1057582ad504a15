package dev.tandem.domain.access;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as its holder has it: {@code tdm_}, the id, {@code _}, the secret, and six characters that check what is before them. The beginning lets
 * secret scanners find keys in places where they must not be. The check refuses a mistyped or invented key without asking the database.
 *
 * @param id 12 letters and digits, not secret
 * @param secret 43 letters and digits, which have 256 bits
 */
public record KeyText(String id, String secret) {

    /** How a key begins. */
    public static final String PREFIX = "tdm_";

    public static final int ID_LENGTH = 12;
    public static final int SECRET_LENGTH = 43;
    private static final int CHECK_LENGTH = 6;

    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9A-Za-z]{" + ID_LENGTH + "})_([0-9A-Za-z]{"
            + SECRET_LENGTH + "})([0-9A-Za-z]{" + CHECK_LENGTH + "})");

    /** The key in a text; empty if the text is no key. */
    public static Optional<KeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        KeyText key = new KeyText(form.group(1), form.group(2));
        return key.check().equals(form.group(3)) ? Optional.of(key) : Optional.empty();
    }

    /** The text. It lets in whoever has it. */
    public String text() {
        return start() + check();
    }

    /** What the service keeps of the secret. */
    public SecretHash hash() {
        return SecretHash.of(secret);
    }

    private String start() {
        return PREFIX + id + "_" + secret;
    }

    /** The CRC-32 of what is before it, in base 62. */
    private String check() {
        CRC32 crc = new CRC32();
        crc.update(start().getBytes(StandardCharsets.US_ASCII));
        return Base62.of(crc.getValue(), CHECK_LENGTH);
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return PREFIX + id;
    }
}
