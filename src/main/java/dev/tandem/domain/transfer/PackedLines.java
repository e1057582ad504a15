package dev.tandem.domain.transfer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Lines of an import, packed for storage and deflated: first their number, then for each line its number, whether it is complete, its
 * length and its octets.
 */
@SuppressWarnings("ArrayRecordComponent") // stored and unpacked again, never compared
public record PackedLines(byte[] octets) {

    private static final int BUFFER = 8_192;

    public static PackedLines of(List<RawLine> lines) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed, fast, BUFFER))) {
            out.writeInt(lines.size());
            for (RawLine line : lines) {
                out.writeLong(line.number());
                out.writeBoolean(line.isWhole());
                out.writeInt(line.octets().length);
                out.write(line.octets());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        } finally {
            fast.end();
        }
        return new PackedLines(packed.toByteArray());
    }

    public List<RawLine> unpack() {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(octets)))) {
            int count = in.readInt();
            List<RawLine> lines = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                long number = in.readLong();
                boolean isWhole = in.readBoolean();
                byte[] line = new byte[in.readInt()];
                in.readFully(line);
                lines.add(new RawLine(number, line, isWhole));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("these lines were not packed by Tandem", e);
        }
    }
}
