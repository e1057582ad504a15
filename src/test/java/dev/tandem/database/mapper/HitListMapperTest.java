package dev.tandem.database.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.Ranking.Place;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.domain.search.paging.Total;
import dev.tandem.domain.search.ranked.HitList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitListMapperTest {

    private final HitListMapper mapper = new HitListMapper();
    private final Random random = new Random(3);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000})
    void aListComesBackAsItWas(int hits) {
        HitList list = list(hits, new Total(7, true));
        assertThat(mapper.toDomain(mapper.toRow(list))).isEqualTo(list);
    }

    @Test
    void whatNobodyCountedHasNoTotal() {
        HitList list = list(3, null);
        assertThat(mapper.toRow(list).total).isNull();
        assertThat(mapper.toDomain(mapper.toRow(list))).isEqualTo(list);
    }

    @Test
    void aHitTakesFewBytes() {
        assertThat(mapper.toRow(list(100, null)).hits.length).isBetween(100 * 45, 100 * 69);
    }

    private HitList list(int hits, @Nullable Total total) {
        List<Ranking> rankings =
                IntStream.range(0, hits).mapToObj(i -> ranking(i + 1)).toList();
        return new HitList(
                UUID.randomUUID(), UUID.randomUUID(), "f", 2, Long.MAX_VALUE, total, hits % 2 == 0, rankings);
    }

    private Ranking ranking(int rank) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        int found = random.nextInt(1, 4);
        boolean byWords = (found & 1) != 0;
        boolean byVector = (found & 2) != 0;
        return new Ranking(
                id,
                random.nextGaussian(),
                byWords ? new KeywordMatch(id, random.nextDouble()) : null,
                byWords ? new Place(rank, random.nextGaussian()) : null,
                byVector ? new VectorMatch(id, random.nextDouble(), random.nextInt(100)) : null,
                byVector ? new Place(rank, -random.nextDouble()) : null);
    }
}
