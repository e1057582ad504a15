package dev.tandem.service.paging;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.repository.SecretRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The secret with which cursors are signed: the same on all replicas, and after a restart. The first replica that needs it makes it. It is
 * read once.
 */
@ApplicationScoped
public class CursorSecret {

    private static final String NAME = "cursors";
    private static final int LENGTH = 32;

    private final UnitOfWork unitOfWork;
    private final SecretRepository secrets;
    private final SecureRandom random = new SecureRandom();
    private volatile byte @Nullable [] known;

    public CursorSecret(UnitOfWork unitOfWork, SecretRepository secrets) {
        this.unitOfWork = unitOfWork;
        this.secrets = secrets;
    }

    /** Its octets. Fails with {@link dev.tandem.domain.refusal.Refusal.Unavailable} if the database cannot be asked. */
    public Uni<byte[]> get() {
        byte[] secret = known;
        return secret == null
                ? load().invoke(read -> known = read)
                : Uni.createFrom().item(secret);
    }

    /** A database that can only be read will do if the secret has been made before. */
    private Uni<byte[]> load() {
        return unitOfWork
                .read(() -> secrets.find(NAME))
                .chain(found -> found == null ? make() : Uni.createFrom().item(found));
    }

    private Uni<byte[]> make() {
        byte[] fresh = new byte[LENGTH];
        random.nextBytes(fresh);
        return unitOfWork.write(() -> secrets.findOrAdd(NAME, fresh));
    }
}
