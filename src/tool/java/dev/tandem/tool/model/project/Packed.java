package dev.tandem.tool.model.project;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Texts in as few characters as can be, for a manifest. */
final class Packed {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Packed() {}

    static String of(Map<String, String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packing = new DeflaterOutputStream(bytes)) {
            packing.write(JSON.writeValueAsString(new TreeMap<>(texts)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** @throws IllegalArgumentException if nobody has packed this */
    static Map<String, String> texts(String packed) {
        try (InflaterInputStream bytes = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return JSON.readValue(new String(bytes.readAllBytes(), StandardCharsets.UTF_8), new TypeReference<>() {});
        } catch (IOException e) {
            throw new IllegalArgumentException("what is packed in it is broken", e);
        }
    }
}
