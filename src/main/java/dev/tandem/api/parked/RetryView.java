package dev.tandem.api.parked;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many documents will be tried again. */
@Schema(examples = """
{"retried": 3}
""")
public record RetryView(int retried) {}
