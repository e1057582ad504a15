package dev.tandem.init.telemetry;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each event of the log on its line. What clients and other servers send is part of some messages, and a newline in it would pass for an
 * event of its own. Control characters are written as escapes of Java.
 */
@LoggingFilter(name = "one-line")
public final class OneLineFilter implements Filter {

    @Override
    public boolean isLoggable(LogRecord event) {
        Object[] parameters = event.getParameters();
        if (parameters != null) {
            event.setParameters(oneLine(parameters));
        }
        return true;
    }

    private static Object[] oneLine(Object[] parameters) {
        @Nullable Object[] safe = parameters.clone();
        for (int i = 0; i < safe.length; i++) {
            Object value = safe[i];
            // Numbers stay numbers: formats such as %d need them.
            if (value instanceof CharSequence || value instanceof Throwable) {
                safe[i] = escaped(value.toString());
            }
        }
        return safe;
    }

    /** The text without control characters and line separators. */
    static String escaped(String text) {
        if (text.chars().noneMatch(OneLineFilter::breaksLines)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(unit -> {
            if (breaksLines(unit)) {
                escaped.append("\\u%04x".formatted(unit));
            } else {
                escaped.append((char) unit);
            }
        });
        return escaped.toString();
    }

    private static boolean breaksLines(int unit) {
        return Character.isISOControl(unit) || unit == '\u2028' || unit == '\u2029';
    }
}
