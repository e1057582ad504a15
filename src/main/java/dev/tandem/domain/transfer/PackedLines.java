package dev.tandem.domain.transfer;

import dev.tandem.domain.transfer.RawLine.Flaw;
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
 * length and its octets. Behind them are the flaws, each with the place of its line: there they are not in the way of a release that does not know them.
 */
@SuppressWarnings("ArrayRecordComponent") // stored and unpacked again, never compared
public record PackedLines(byte[] octets) {

    private static final int BUFFER = 8_192;
    private static final int FLAW = 1;

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
            writeFlaws(lines, out);
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
            readFlaws(in, lines);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("these lines were not packed by Tandem", e);
        }
    }

    private static void writeFlaws(List<RawLine> lines, DataOutputStream out) throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            Flaw flaw = lines.get(i).flaw();
            if (flaw != null) {
                out.writeByte(FLAW);
                out.writeInt(i);
                out.writeUTF(flaw.pointer());
                out.writeUTF(flaw.code());
                out.writeUTF(flaw.detail());
            }
        }
    }

    private static void readFlaws(DataInputStream in, List<RawLine> lines) throws IOException {
        while (in.read() == FLAW) {
            int place = in.readInt();
            RawLine line = lines.get(place);
            Flaw flaw = new Flaw(in.readUTF(), in.readUTF(), in.readUTF());
            lines.set(place, new RawLine(line.number(), line.octets(), line.isWhole(), flaw));
        }
    }
}
