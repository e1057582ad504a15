package dev.tandem.api.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.problem.Problems;
import dev.tandem.service.transfer.LineResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to an import, made line by line. */
final class ImportAnswer {

    /** The media type of these lines. */
    static final String MEDIA_TYPE = "application/x-ndjson";

    private final RoutingContext request;
    private final ObjectMapper mapper;
    private final boolean tellsAll;
    private final Summary summary = new Summary();

    /** @param tellsAll whether accepted lines are reported too */
    ImportAnswer(RoutingContext request, ObjectMapper mapper, boolean tellsAll) {
        this.request = request;
        this.mapper = mapper;
        this.tellsAll = tellsAll;
    }

    /** That many more lines have arrived. */
    void receive(int lines) {
        summary.receive(lines);
    }

    /** The results of lines; empty if none of them is reported. */
    Buffer lines(List<LineResult> results) {
        Buffer lines = Buffer.buffer();
        for (LineResult result : results) {
            summary.add(result);
            if (tellsAll || result instanceof LineResult.Refused) {
                append(lines, LineView.of(result, request));
            }
        }
        return lines;
    }

    /**
     * The last line.
     *
     * @param failure why the import ends before its body does
     */
    Buffer end(@Nullable Throwable failure) {
        Summary.Stop stop = failure == null ? null : Summary.Stop.of(Problems.of(failure, request));
        Buffer last = Buffer.buffer();
        append(last, summary.view(stop));
        return last;
    }

    private void append(Buffer lines, Object view) {
        try {
            lines.appendBytes(mapper.writeValueAsBytes(view)).appendByte((byte) '\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view can always be written as JSON", e);
        }
    }
}
