package dev.tandem.api.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.api.problem.Problems;
import dev.tandem.service.LineResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an import's answer, line by line. */
final class LineWriter {

    private final RoutingContext request;
    private final ObjectMapper mapper;
    private final boolean tellsAll;
    private final Summary summary = new Summary();

    /** @param tellsAll whether lines that were accepted are answered too */
    LineWriter(RoutingContext request, ObjectMapper mapper, boolean tellsAll) {
        this.request = request;
        this.mapper = mapper;
        this.tellsAll = tellsAll;
    }

    void receive() {
        summary.receive();
    }

    void write(List<LineResult> results) {
        Buffer lines = Buffer.buffer();
        for (LineResult result : results) {
            summary.add(result);
            if (tellsAll || result instanceof LineResult.Refused) {
                append(lines, LineView.of(result, request));
            }
        }
        if (lines.length() > 0) {
            request.response().write(lines);
        }
    }

    /** @param failure why the import ends before its body does */
    void end(@Nullable Throwable failure) {
        Summary.Stop stop = failure == null ? null : Summary.Stop.of(Problems.of(failure, request));
        Buffer last = Buffer.buffer();
        append(last, summary.view(stop));
        request.response().end(last);
    }

    private void append(Buffer lines, Object view) {
        try {
            lines.appendBytes(mapper.writeValueAsBytes(view)).appendByte((byte) '\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view is plain JSON", e);
        }
    }
}
