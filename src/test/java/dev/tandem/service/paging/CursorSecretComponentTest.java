package dev.tandem.service.paging;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.repository.SecretRepository;
import dev.tandem.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CursorSecretComponentTest {

    @Inject
    CursorSecret secret;

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    SecretRepository secrets;

    @Test
    void anotherReplicaHasTheSame() {
        byte[] here = get(secret.get());
        assertThat(here).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(get(replica().get())).isEqualTo(here);
    }

    /** The row is deleted and made again, so that the service itself has a secret of its own for the moment. */
    @Test
    void replicasThatBeginTogetherAgree() throws SQLException {
        byte[] before = get(secret.get());
        try {
            Database.execute("delete from secret where name = 'cursors'");
            List<Uni<byte[]>> all =
                    IntStream.range(0, 8).mapToObj(i -> replica().get()).toList();
            List<byte[]> made = get(Uni.join().all(all).andFailFast());
            assertThat(made).allSatisfy(one -> assertThat(one).isEqualTo(made.getFirst()));
            assertThat(made.getFirst()).isNotEqualTo(before);
        } finally {
            Database.execute("update secret set octets = ? where name = 'cursors'", before);
        }
    }

    private CursorSecret replica() {
        return new CursorSecret(unitOfWork, secrets);
    }
}
