package dev.tandem.api.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Translates Jackson's failures for a client: what is wrong, and where. */
public final class JsonFailures {

    private JsonFailures() {}

    /** The refusal of JSON that could not be read. */
    public static Refusal.Malformed of(JsonProcessingException failure) {
        JsonProcessingException reason = reason(failure);
        String pointer = pointer(failure, reason);
        return switch (reason) {
            case UnrecognizedPropertyException e -> new Refusal.Malformed("json.unknown_field", pointer, unknown(e));
            case MismatchedInputException e
            when words(e).startsWith("Trailing token") ->
                new Refusal.Malformed("json.malformed", "", "There is more than one value" + where(e));
            case MismatchedInputException e -> new Refusal.Malformed("json.wrong_type", pointer, expected(e));
            case InputCoercionException e ->
                new Refusal.Malformed("json.number_range", pointer, "This number is outside the supported range.");
            case StreamConstraintsException e ->
                new Refusal.Malformed(
                        "json.too_complex",
                        pointer,
                        "It is nested too deeply, or it has a number or a name with too many characters.");
            default ->
                words(reason).startsWith("Duplicate field")
                        ? new Refusal.Malformed("json.duplicate_field", pointer, "A field occurs twice" + where(reason))
                        : new Refusal.Malformed("json.malformed", pointer, "This is not JSON" + where(reason));
        };
    }

    /** The parser's own failure, if data binding has wrapped it. */
    private static JsonProcessingException reason(JsonProcessingException failure) {
        return failure.getCause() instanceof JsonProcessingException cause ? reason(cause) : failure;
    }

    private static String unknown(UnrecognizedPropertyException failure) {
        String known = Stream.ofNullable(failure.getKnownPropertyIds())
                .flatMap(Collection::stream)
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
        return "Unknown field. The fields here are " + known + ".";
    }

    private static String expected(MismatchedInputException failure) {
        Class<?> type = failure.getTargetType();
        return type == null ? "This is of the wrong type." : "This must be " + noun(type) + ".";
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

    /** Lines and columns help a person. The rest of Jackson's messages would repeat the body. */
    private static String where(JsonProcessingException failure) {
        var location = failure.getLocation();
        return location == null
                ? "."
                : String.format(Locale.ROOT, " (line %d, column %d).", location.getLineNr(), location.getColumnNr());
    }

    /** The parser's place if the parser failed; otherwise the path that data binding has followed. */
    private static String pointer(JsonProcessingException failure, JsonProcessingException reason) {
        if (!(reason instanceof JsonMappingException) && reason.getProcessor() instanceof JsonParser parser) {
            return parser.getParsingContext().pathAsPointer().toString();
        }
        StringBuilder pointer = new StringBuilder();
        if (failure instanceof JsonMappingException mapping) {
            mapping.getPath().forEach(step -> pointer.append('/').append(step(step)));
        }
        return pointer.toString();
    }

    private static String step(Reference step) {
        return step.getFieldName() == null
                ? Integer.toString(Math.max(0, step.getIndex()))
                : Violation.escape(step.getFieldName());
    }
}
