package dev.tandem.api.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.imports.csv.CsvForm;
import dev.tandem.api.imports.csv.Delimiter;
import dev.tandem.api.imports.lines.Form;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.transfer.ImportService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The formats that an import reads, by the media type of its body. */
@Singleton
class ImportForms {

    private static final String CSV = "text/csv";

    private static final Set<String> JSON = Set.of(
            ImportAnswer.MEDIA_TYPE,
            "application/ndjson",
            "application/jsonl",
            "application/json",
            "application/octet-stream");

    private final ImportService imports;
    private final ObjectMapper mapper;

    ImportForms(ImportService imports, ObjectMapper mapper) {
        this.imports = imports;
        this.mapper = mapper;
    }

    /** Whether an import reads this media type. Of CSV that is only UTF-8, and only with a header. */
    static boolean areRead(@Nullable String mediaType) {
        if (mediaType == null || !isCsv(mediaType)) {
            return mediaType == null || JSON.contains(name(mediaType));
        }
        String[] parts = mediaType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace("\"", "").strip();
            boolean isOther = (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8"))
                    || (parameter.startsWith("header=") && !parameter.equals("header=present"));
            if (isOther) {
                return false;
            }
        }
        return true;
    }

    /**
     * The format of a body. Fails with {@link Refusal.NotFound} if there is no such collection and the format depends on it.
     *
     * @param delimiter what the address says about CSV; null if nothing
     * @throws Refusal.Malformed if the address says something about CSV, and the body is none
     */
    Uni<Form> of(@Nullable String mediaType, String collection, @Nullable Delimiter delimiter) {
        if (isCsv(mediaType)) {
            return imports.open(collection)
                    .map(owner -> new CsvForm(delimiter, owner.settings().metadataSchema(), mapper.getFactory()));
        }
        if (delimiter != null) {
            throw new Refusal.Malformed("parameter.delimiter", "/delimiter", "Only text/csv has delimiters.");
        }
        return Uni.createFrom().item(Form.JSON);
    }

    private static boolean isCsv(@Nullable String mediaType) {
        return mediaType != null && name(mediaType).equals(CSV);
    }

    private static String name(String mediaType) {
        return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
