package dev.tandem.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.tandem.domain.error.Refusal;
import dev.tandem.domain.error.Violation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Jackson's failures mean to a caller: what is wrong, and where. */
public final class JsonFailures {

    private JsonFailures() {}

    /** The refusal of a body that could not be read. */
    public static Refusal.Malformed of(JsonProcessingException failure) {
        String pointer = pointer(failure);
        return switch (failure) {
            case UnrecognizedPropertyException e ->
                new Refusal.Malformed(
                        "json.unknown_field", pointer, "There is no field '" + e.getPropertyName() + "' here.");
            case MismatchedInputException e -> new Refusal.Malformed("json.wrong_type", pointer, expected(e));
            default -> {
                String words = words(failure);
                if (words.startsWith("Duplicate field")) {
                    yield new Refusal.Malformed(
                            "json.duplicate_field", pointer, "A field is there twice" + where(failure));
                }
                if (failure instanceof StreamConstraintsException || words.contains("nesting depth")) {
                    yield new Refusal.Malformed(
                            "json.too_complex",
                            pointer,
                            "It is nested too deeply, or has a number of too many digits.");
                }
                yield new Refusal.Malformed("json.malformed", pointer, "This is not JSON" + where(failure));
            }
        };
    }

    private static String expected(MismatchedInputException failure) {
        Class<?> type = failure.getTargetType();
        if (words(failure).contains("end-of-input")) {
            return "There is no body, or it ends too soon.";
        }
        return type == null ? "This is of the wrong type." : "This should be " + noun(type) + ".";
    }

    private static String noun(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            boolean whole = type == Integer.class || type == int.class || type == Long.class || type == long.class;
            return whole ? "a whole number" : "a number";
        }
        boolean list = type.isArray() || Iterable.class.isAssignableFrom(type);
        return list ? "a list" : "an object";
    }

    private static String words(JsonProcessingException failure) {
        return String.valueOf(failure.getOriginalMessage());
    }

    /** Lines and columns help a person; the rest of Jackson's messages would repeat the body. */
    private static String where(JsonProcessingException failure) {
        var location = failure.getLocation();
        return location == null
                ? "."
                : String.format(Locale.ROOT, " (line %d, column %d).", location.getLineNr(), location.getColumnNr());
    }

    private static String pointer(@Nullable Throwable failure) {
        if (!(failure instanceof JsonMappingException mapping)) {
            return "";
        }
        StringBuilder pointer = new StringBuilder();
        for (Reference step : mapping.getPath()) {
            pointer.append('/');
            pointer.append(step.getFieldName() == null ? step.getIndex() : Violation.escape(step.getFieldName()));
        }
        return pointer.toString();
    }
}
