package dev.tandem.api.json;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.tandem.factory.document.ExpiryDraft;
import org.jspecify.annotations.Nullable;

/**
 * When a document expires, in a body. If the body does not mention it, it has no such field, which differs from null.
 *
 * @param at as in RFC 3339; null if the body says that the document never expires
 */
@JsonDeserialize(using = ExpiryFieldReader.class)
public record ExpiryField(@Nullable String at) {

    public static final String DESCRIPTION =
            "From when on the document counts as deleted, as in RFC 3339; null for never. Without it,"
                    + " the collection's timeToLive decides";

    /** What a body says with this field. */
    public static ExpiryDraft draft(@Nullable ExpiryField field) {
        return field == null ? ExpiryDraft.UNSAID : new ExpiryDraft.Said(field.at);
    }
}
