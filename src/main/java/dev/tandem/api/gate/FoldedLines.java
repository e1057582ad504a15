package dev.tandem.api.gate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;

/**
 * Notices headers that go on in the next line, while they still are lines: what the server makes of them can't be told from a header with a blank.
 * A proxy in front may have read something else. One in a request that follows a body in the same packet is not noticed.
 *
 * <p>A connection begins with the head of a request. {@link UnreadRequests} says when the next one begins.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-5.2">RFC 9112, section 5.2</a>
 */
final class FoldedLines extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<Boolean> SEEN = AttributeKey.valueOf(FoldedLines.class, "seen");

    private enum Place {
        /** Empty lines may precede a request. */
        BEFORE_THE_HEAD,
        IN_A_LINE,
        AT_THE_BEGINNING_OF_A_LINE,
        IN_AN_EMPTY_LINE,
        BEHIND_THE_HEAD
    }

    private Place place = Place.BEFORE_THE_HEAD;

    /** The request has been read to its end. */
    void expectHead() {
        place = Place.BEFORE_THE_HEAD;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf octets) {
            read(context, octets);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Hands on each head by itself. Only then is it known whether a body follows, or the next head. */
    private void read(ChannelHandlerContext context, ByteBuf octets) {
        try {
            while (place != Place.BEHIND_THE_HEAD && octets.isReadable()) {
                int end = octets.forEachByte(octet -> {
                    place = next(context, octet);
                    return place != Place.BEHIND_THE_HEAD;
                });
                int length = end < 0 ? octets.readableBytes() : end + 1 - octets.readerIndex();
                context.fireChannelRead(octets.readRetainedSlice(length));
            }
            if (octets.isReadable()) {
                context.fireChannelRead(octets.readRetainedSlice(octets.readableBytes()));
            }
        } finally {
            octets.release();
        }
    }

    private Place next(ChannelHandlerContext context, byte octet) {
        return switch (octet) {
            case '\n' -> place == Place.IN_A_LINE ? Place.AT_THE_BEGINNING_OF_A_LINE : afterAnEmptyLine();
            case '\r' -> place == Place.AT_THE_BEGINNING_OF_A_LINE ? Place.IN_AN_EMPTY_LINE : place;
            case ' ', '\t' -> {
                if (place == Place.AT_THE_BEGINNING_OF_A_LINE) {
                    context.channel().attr(SEEN).set(true);
                }
                yield Place.IN_A_LINE;
            }
            default -> Place.IN_A_LINE;
        };
    }

    private Place afterAnEmptyLine() {
        return place == Place.BEFORE_THE_HEAD ? Place.BEFORE_THE_HEAD : Place.BEHIND_THE_HEAD;
    }

    /** Whether a request on this connection had one. */
    static boolean wereSeen(Channel channel) {
        return channel.hasAttr(SEEN);
    }
}
