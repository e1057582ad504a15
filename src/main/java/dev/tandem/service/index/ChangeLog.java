package dev.tandem.service.index;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.change.LogHead;
import dev.tandem.domain.change.LogNews;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.ChangeLogRepository;
import dev.tandem.repository.ChangeRepository;
import dev.tandem.service.Portions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The change log as a whole: where it ends, what is new in it, and how much of it is kept. */
@ApplicationScoped
public class ChangeLog {

    private static final Logger LOG = Logger.getLogger(ChangeLog.class);
    private static final int DELETED_AT_ONCE = 5_000;

    private final UnitOfWork unitOfWork;
    private final ChangeLogRepository log;
    private final ChangeRepository changes;

    ChangeLog(UnitOfWork unitOfWork, ChangeLogRepository log, ChangeRepository changes) {
        this.unitOfWork = unitOfWork;
        this.log = log;
        this.changes = changes;
    }

    /** The present end of the log. A log that was copied from another database is adopted first. */
    public Uni<Position> end() {
        return adopt().invoke(foreign -> {
                    if (foreign) {
                        LOG.info("The change log is new in this database. Every index will be built from the rows.");
                    }
                })
                .onFailure(ChangeLog::isReadOnly)
                // A read-only database cannot adopt the log. Its log is followed as it is.
                .recoverWithItem(false)
                .chain(() -> unitOfWork.read(changes::head))
                .map(LogHead::end);
    }

    /** Works in portions: the log may be long, and no statement may take long. */
    private Uni<Boolean> adopt() {
        return unitOfWork
                .read(log::foreignEnd)
                .chain(end -> end == null
                        ? Uni.createFrom().item(false)
                        : clear(end).chain(() -> unitOfWork.write(log::adopt)));
    }

    private Uni<Void> clear(long end) {
        return Multi.createBy()
                .repeating()
                .uni(() -> unitOfWork.write(() -> log.clear(end, DELETED_AT_ONCE)))
                .whilst(count -> count > 0)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static boolean isReadOnly(Throwable failure) {
        return failure instanceof Refusal.Unavailable refusal && refusal.code().equals("database.read_only");
    }

    /** What has changed since the position. */
    public Uni<LogNews> news(Position from) {
        return unitOfWork.read(() -> changes.news(from));
    }

    /**
     * Refuses a sequence that no transaction of this database has had. The database may have been restored to a time before it, so it would
     * be awaited in vain until other transactions have its number.
     */
    public Uni<Void> require(long sequence) {
        return unitOfWork
                .read(() -> log.isYetToEnd(sequence))
                .invoke(isYetToEnd -> {
                    if (isYetToEnd) {
                        throw new Refusal.Conflict(
                                "sequence.unknown",
                                "No transaction of this database has had this sequence. If the database was restored to an earlier time,"
                                        + " what was written since then is gone: read again, and forget older sequences.");
                    }
                })
                .replaceWithVoid();
    }

    /** Deletes changes older than that. An index that still needed them will be rebuilt. */
    public Uni<Void> prune(Duration age) {
        return Portions.each(
                () -> unitOfWork.write(() -> log.prune(age, DELETED_AT_ONCE)).map(count -> count == DELETED_AT_ONCE));
    }
}
