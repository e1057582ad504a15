package dev.tandem.api.imports.lines;

import dev.tandem.domain.Sha256;
import dev.tandem.domain.transfer.RawLine;
import java.util.List;

/** Identifies an import's lines, in whatever pieces they arrive: SHA-256 over each line's length and octets. */
public final class LineDigest {

    private final Sha256 digest = new Sha256();

    public void add(List<RawLine> lines) {
        for (RawLine line : lines) {
            digest.addPart(line.octets());
        }
    }

    /** In lower-case hexadecimal. May be called only once, at the end. */
    public String end() {
        return digest.hex();
    }
}
