package dev.tandem.api.access;

import dev.tandem.api.request.RequestIds;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.access.Audit;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Notes in the audit what is refused for want of a right, wherever a request turns out to need it. */
@Singleton
class Refusals {

    private static final String REFUSED = "refused: %s";
    private static final String OPERATION = Refusals.class.getName();

    private final Audit audit;

    Refusals(Audit audit) {
        this.audit = audit;
    }

    /** Says what a request is about, before anything of it can be refused here. */
    static void begin(RoutingContext request, String operation) {
        request.put(OPERATION, operation);
    }

    /** Makes a check. If that refuses the request, this is noted, and the refusal is thrown. */
    void noting(RoutingContext request, Runnable check) {
        try {
            check.run();
        } catch (Refusal refusal) {
            note(request, refusal);
            throw refusal;
        }
    }

    void note(RoutingContext request, Refusal refusal) {
        audit.count(
                Caller.of(request).name(),
                REFUSED.formatted(refusal.code()),
                request.get(OPERATION),
                RequestIds.of(request));
    }
}
