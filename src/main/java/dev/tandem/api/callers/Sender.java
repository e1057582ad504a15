package dev.tandem.api.callers;

import dev.tandem.api.access.Caller;
import dev.tandem.domain.access.Principal;
import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HexFormat;

/** Who sends a request: its principal, or where nobody is known the address that it comes from. All that is counted for each caller asks here. */
public final class Sender {

    /** One customer usually has at least this much of an IPv6 address, and may choose the rest. */
    private static final int CUSTOMER = 8;

    private static final int IPV4 = 4;

    private Sender() {}

    /** The name under which the sender of this request is counted. */
    public static String of(RoutingContext context) {
        Principal principal = Caller.of(context);
        if (principal.isNamed()) {
            return principal.name();
        }
        SocketAddress address = context.request().remoteAddress();
        String host = address == null ? null : address.hostAddress();
        return host == null ? "" : network(host);
    }

    /** An IPv4 address as it is, and of an IPv6 address the first half. */
    static String network(String address) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
        return octets == null || octets.length == IPV4
                ? address
                : HexFormat.of().formatHex(Arrays.copyOf(octets, CUSTOMER));
    }
}
