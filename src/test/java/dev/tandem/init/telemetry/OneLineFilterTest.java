package dev.tandem.init.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.junit.jupiter.api.Test;

class OneLineFilterTest {

    @Test
    void whatIsSentForgesNoEvent() {
        ExtLogRecord event =
                new ExtLogRecord(Level.WARNING, "Document %s failed %d times: %s", FormatStyle.PRINTF, "test");
        event.setParameters(
                new Object[] {"a\r\n2026-11-27 ERROR forged", 3, new IllegalStateException("first\u2028second\u001b[2J")
                });
        assertThat(new OneLineFilter().isLoggable(event)).isTrue();
        assertThat(event.getFormattedMessage())
                .isEqualTo("Document a\\u000d\\u000a2026-11-27 ERROR forged failed 3 times: "
                        + "java.lang.IllegalStateException: first\\u2028second\\u001b[2J");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(OneLineFilter.escaped("Grüße 😀")).isEqualTo("Grüße 😀");
    }
}
