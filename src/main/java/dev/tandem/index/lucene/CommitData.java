package dev.tandem.index.lucene;

import dev.tandem.domain.change.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept with each commit, atomically with what it makes durable.
 *
 * @param position what the index shows; null while it is being filled for the first time
 */
record CommitData(Fingerprint fingerprint, @Nullable Position position) {

    private static final String TXID = "txid";
    private static final String SEQ = "seq";

    Map<String, String> toMap() {
        Map<String, String> map = new HashMap<>(fingerprint.toMap());
        if (position != null) {
            map.put(TXID, Long.toString(position.txid()));
            map.put(SEQ, Long.toString(position.seq()));
        }
        return map;
    }

    /** The inverse of {@link #toMap()}; empty for another format. */
    static Optional<CommitData> ofMap(Map<String, String> map) {
        return Fingerprint.ofMap(map).map(fingerprint -> new CommitData(fingerprint, position(map)));
    }

    private static @Nullable Position position(Map<String, String> map) {
        return map.containsKey(TXID) ? new Position(Long.parseLong(map.get(TXID)), Long.parseLong(map.get(SEQ))) : null;
    }
}
