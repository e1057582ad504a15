package dev.tandem.api.paging;

import dev.tandem.domain.Sha256;
import dev.tandem.domain.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes a text opaque for clients, and notices if it comes back changed or for another purpose. This protects against mistakes, not against
 * attackers. The text needs no secrecy, because a client that may read one page may read any page.
 */
public final class CursorCodec {

    private static final int CHECK_LENGTH = 12;

    private CursorCodec() {}

    /** @param purpose what the text is for; it is valid for nothing else */
    public static String close(String text, String purpose) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] check = check(bytes, purpose);
        ByteBuffer sealed =
                ByteBuffer.allocate(check.length + bytes.length).put(check).put(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
    }

    /** @throws Refusal.Malformed if it isn't what {@link #close} made for this purpose */
    public static String open(String sealed, String purpose) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed);
            if (all.length >= CHECK_LENGTH) {
                byte[] bytes = Arrays.copyOfRange(all, CHECK_LENGTH, all.length);
                if (MessageDigest.isEqual(Arrays.copyOf(all, CHECK_LENGTH), check(bytes, purpose))) {
                    return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
                }
            }
            throw foreign();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw foreign();
        }
    }

    /** The refusal of a text that was not made here. */
    static Refusal foreign() {
        return new Refusal.Malformed(
                "cursor.foreign",
                "/cursor",
                "This cursor does not come from a page of this list. Read a list with another filter or order from its beginning.");
    }

    private static byte[] check(byte[] text, String purpose) {
        return Arrays.copyOf(new Sha256().addPart(purpose).add(text).bytes(), CHECK_LENGTH);
    }
}
