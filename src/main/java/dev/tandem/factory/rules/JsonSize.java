package dev.tandem.factory.rules;

/** How long a text is as JSON. */
final class JsonSize {

    private JsonSize() {}

    /** In bytes of UTF-8, the quotes and the escapes that JSON demands included. */
    static int of(String text) {
        int bytes = 2 + text.length();
        for (int i = 0; i < text.length(); i++) {
            bytes += extra(text.charAt(i));
        }
        return bytes;
    }

    /** What a UTF-16 unit takes beyond one byte. Each half of a surrogate pair stands for two of its four bytes. */
    private static int extra(char c) {
        if (c < ' ') {
            return isShortEscape(c) ? 1 : 5;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 1 : 0;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }

    private static boolean isShortEscape(char c) {
        return c == '\b' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
