package dev.tandem.database.mapper;

import dev.tandem.database.entity.HitListEntity;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.Ranking.Place;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.domain.search.paging.Total;
import dev.tandem.domain.search.ranked.HitList;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Maps lists of hits. Each hit is packed into {@value #MOST_BYTES} bytes at most: its document's id, its score, and what each search that found
 * it has to say. A reranker has seen none of them.
 */
@Singleton
public class HitListMapper {

    private static final int BY_WORDS = 1;
    private static final int BY_VECTOR = 2;
    private static final int PLACE = Integer.BYTES + Double.BYTES;
    private static final int MOST_BYTES =
            1 + 2 * Long.BYTES + Double.BYTES + 2 * (Double.BYTES + PLACE) + Integer.BYTES;

    public HitList toDomain(HitListEntity row) {
        return new HitList(
                row.id,
                row.collectionId,
                row.fingerprint,
                row.vectorSet,
                row.sequence,
                row.total == null ? null : new Total(row.total, row.exact),
                row.cut,
                unpacked(row.hits));
    }

    /** A row without an end, which the database's clock decides. */
    public HitListEntity toRow(HitList list) {
        HitListEntity row = new HitListEntity();
        row.id = list.id();
        row.collectionId = list.collectionId();
        row.fingerprint = list.fingerprint();
        row.vectorSet = list.vectorSet();
        row.sequence = list.sequence();
        Total total = list.total();
        row.total = total == null ? null : total.value();
        row.exact = total != null && total.exact();
        row.cut = list.isCut();
        row.hits = packed(list.rankings());
        return row;
    }

    private static byte[] packed(List<Ranking> rankings) {
        ByteBuffer bytes = ByteBuffer.allocate(rankings.size() * MOST_BYTES);
        for (Ranking ranking : rankings) {
            KeywordMatch words = ranking.keyword();
            VectorMatch vector = ranking.vector();
            bytes.put((byte) ((words == null ? 0 : BY_WORDS) | (vector == null ? 0 : BY_VECTOR)));
            bytes.putLong(ranking.documentId().getMostSignificantBits());
            bytes.putLong(ranking.documentId().getLeastSignificantBits());
            bytes.putDouble(ranking.score());
            if (words != null) {
                bytes.putDouble(words.score());
                put(ranking.keywordPlace(), bytes);
            }
            if (vector != null) {
                bytes.putDouble(vector.similarity()).putInt(vector.ordinal());
                put(ranking.vectorPlace(), bytes);
            }
        }
        byte[] packed = new byte[bytes.position()];
        bytes.flip().get(packed);
        return packed;
    }

    /** A match always has its place. */
    private static void put(@Nullable Place place, ByteBuffer bytes) {
        if (place == null) {
            throw new IllegalArgumentException("a match without a place");
        }
        bytes.putInt(place.rank()).putDouble(place.contribution());
    }

    private static List<Ranking> unpacked(byte[] packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        List<Ranking> rankings = new ArrayList<>();
        while (bytes.hasRemaining()) {
            rankings.add(ranking(bytes));
        }
        return rankings;
    }

    private static Ranking ranking(ByteBuffer bytes) {
        int found = bytes.get();
        UUID id = new UUID(bytes.getLong(), bytes.getLong());
        double score = bytes.getDouble();
        KeywordMatch words = null;
        Place ofWords = null;
        if ((found & BY_WORDS) != 0) {
            words = new KeywordMatch(id, bytes.getDouble());
            ofWords = place(bytes);
        }
        VectorMatch vector = null;
        Place ofVector = null;
        if ((found & BY_VECTOR) != 0) {
            vector = new VectorMatch(id, bytes.getDouble(), bytes.getInt());
            ofVector = place(bytes);
        }
        return new Ranking(id, score, words, ofWords, vector, ofVector);
    }

    private static Place place(ByteBuffer bytes) {
        return new Place(bytes.getInt(), bytes.getDouble());
    }
}
