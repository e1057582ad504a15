package dev.tandem.api.imports.lines;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads the header of a gzip member. It may contain parts of any length, which are skipped.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.3">RFC 1952, section 2.3</a>
 */
final class GzipHeader {

    private static final int[] MAGIC = {0x1F, 0x8B, 8};
    private static final int FIXED = 10;
    private static final int FLAGS_AT = 3;

    private static final int CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;

    private final Deque<Part> parts = new ArrayDeque<>();
    private int position;
    private int partPosition;
    private int countdown;

    private enum Part {
        EXTRA_LENGTH,
        EXTRA,
        TEXT,
        CHECKSUM
    }

    boolean hasBegun() {
        return position > 0;
    }

    /**
     * Accepts the next octet; returns whether it was the last one.
     *
     * @throws dev.tandem.domain.refusal.Refusal.Malformed if the header is not valid
     */
    boolean accept(int octet) {
        if (position < MAGIC.length && octet != MAGIC[position]) {
            throw Gunzip.broken();
        }
        if (position == FLAGS_AT) {
            plan(octet);
        } else if (position >= FIXED) {
            acceptPart(octet);
        }
        position++;
        return position >= FIXED && parts.isEmpty();
    }

    private void plan(int flags) {
        if ((flags & EXTRA) != 0) {
            parts.add(Part.EXTRA_LENGTH);
        }
        if ((flags & NAME) != 0) {
            parts.add(Part.TEXT);
        }
        if ((flags & COMMENT) != 0) {
            parts.add(Part.TEXT);
        }
        if ((flags & CHECKSUM) != 0) {
            parts.add(Part.CHECKSUM);
        }
    }

    private void acceptPart(int octet) {
        switch (parts.element()) {
            case EXTRA_LENGTH -> {
                countdown |= octet << (Byte.SIZE * partPosition++);
                if (partPosition == Short.BYTES) {
                    end();
                    if (countdown > 0) {
                        parts.addFirst(Part.EXTRA);
                    }
                }
            }
            case EXTRA -> {
                countdown--;
                if (countdown == 0) {
                    end();
                }
            }
            case TEXT -> {
                if (octet == 0) {
                    end();
                }
            }
            case CHECKSUM -> {
                partPosition++;
                if (partPosition == Short.BYTES) {
                    end();
                }
            }
        }
    }

    private void end() {
        parts.remove();
        partPosition = 0;
    }
}
