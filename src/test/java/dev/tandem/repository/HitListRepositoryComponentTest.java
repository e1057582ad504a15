package dev.tandem.repository;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.Ranking.Place;
import dev.tandem.domain.search.paging.Total;
import dev.tandem.domain.search.ranked.HitList;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HitListRepositoryComponentTest {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    HitListRepository lists;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void begin() throws SQLException {
        Database.execute("delete from hit_list");
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @AfterEach
    void end() {
        world.delete(owner);
    }

    private HitList list(UUID collectionId, @Nullable Total total) {
        UUID document = UUID.randomUUID();
        Ranking hit = new Ranking(document, 0.5, new KeywordMatch(document, 2), new Place(1, 0.5), null, null);
        return new HitList(UUID.randomUUID(), collectionId, "f".repeat(64), 0, 7, total, true, List.of(hit));
    }

    private HitList kept(@Nullable Total total) {
        HitList list = list(owner.id(), total);
        get(unitOfWork.write(() -> lists.add(list, LIFETIME)));
        return list;
    }

    private @Nullable HitList found(HitList list) {
        return get(lists.find(list.id()));
    }

    @Test
    void aListIsReadAsItWasKept() {
        for (Total total : new Total[] {null, new Total(3, false), new Total(1, true)}) {
            HitList list = kept(total);
            assertThat(found(list)).isEqualTo(list);
        }
    }

    @Test
    void aListEndsWithItsTimeAndIsDeletedThen() throws SQLException {
        HitList list = kept(null);
        HitList other = kept(null);
        Database.execute("update hit_list set expires_at = now() where id = ?", list.id());
        assertThat(found(list)).isNull();
        assertThat(get(unitOfWork.write(() -> lists.prune(10)))).isEqualTo(1);
        assertThat(Database.column("select id from hit_list")).containsExactly(other.id());
    }

    @Test
    void theOldestGoFirst() throws SQLException {
        HitList first = kept(null);
        HitList second = kept(null);
        HitList third = kept(null);
        HitList fourth = kept(null);
        assertThat(get(unitOfWork.write(() -> lists.evict(4, 10)))).isZero();
        assertThat(get(unitOfWork.write(() -> lists.evict(2, 1)))).isEqualTo(1);
        assertThat(found(first)).isNull();
        assertThat(get(unitOfWork.write(() -> lists.evict(2, 10)))).isEqualTo(1);
        assertThat(found(second)).isNull();
        assertThat(found(third)).isNotNull();
        assertThat(found(fourth)).isNotNull();
    }

    @Test
    void aListGoesWithItsCollectionAndIsNotKeptAfterIt() throws SQLException {
        kept(null);
        world.delete(owner);
        assertThat(Database.number("select count(*) from hit_list")).isZero();
        HitList late = list(owner.id(), null);
        assertThatExceptionOfType(Refusal.NotFound.class)
                .isThrownBy(() -> get(unitOfWork.write(() -> lists.add(late, LIFETIME))));
        owner = world.collection(CollectionSamples.ownVectors(2));
    }
}
