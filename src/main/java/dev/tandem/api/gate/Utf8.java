package dev.tandem.api.gate;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Checks UTF-8 strictly. Jackson would accept overlong forms, and code points above U+10FFFF. */
public final class Utf8 {

    private Utf8() {}

    /** Whether all of the octets are valid UTF-8. */
    public static boolean isValid(byte[] octets) {
        // Most bodies are ASCII, which this finds in half the time.
        int ascii = 0;
        while (ascii < octets.length && octets[ascii] >= 0) {
            ascii++;
        }
        return ascii == octets.length
                || ByteBufUtil.isText(
                        Unpooled.wrappedBuffer(octets, ascii, octets.length - ascii), StandardCharsets.UTF_8);
    }
}
