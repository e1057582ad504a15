package dev.tandem.index.lucene.query;

import dev.tandem.index.Stamp;
import dev.tandem.index.lucene.shape.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** Reads which documents one state of an index has, and the state of each document. */
public final class StampReader {

    private final IndexReader reader;
    private final @Nullable Bits live;

    public StampReader(IndexReader reader) {
        this.reader = reader;
        this.live = MultiBits.getLiveDocs(reader);
    }

    /** The next documents after {@code after}, in the order of {@link Stamp#ORDER}; null for the beginning. */
    public List<Stamp> after(@Nullable UUID after, int limit) throws IOException {
        TermsEnum ids = ids();
        if (ids == null) {
            return List.of();
        }
        SortedMap<Integer, UUID> found = new TreeMap<>();
        boolean isMore = after == null ? ids.next() != null : isAfter(ids, after);
        for (; isMore && found.size() < limit; isMore = ids.next() != null) {
            add(found, ids);
        }
        List<Stamp> stamps = stamps(found);
        stamps.sort((one, other) -> Stamp.ORDER.compare(one.id(), other.id()));
        return stamps;
    }

    /** The stamps of these documents, as far as the index has them. */
    public Map<UUID, Long> of(Collection<UUID> documentIds) throws IOException {
        TermsEnum ids = ids();
        if (ids == null) {
            return Map.of();
        }
        SortedMap<Integer, UUID> found = new TreeMap<>();
        for (UUID id : documentIds) {
            if (ids.seekExact(Fields.bytes(id))) {
                add(found, ids);
            }
        }
        Map<UUID, Long> stamps = new HashMap<>();
        stamps(found).forEach(stamp -> stamps.put(stamp.id(), stamp.value()));
        return stamps;
    }

    private @Nullable TermsEnum ids() throws IOException {
        Terms terms = MultiTerms.getTerms(reader, Fields.BLOCK);
        return terms == null ? null : terms.iterator();
    }

    /** Moves to the first greater id; answers false if there is none. */
    private static boolean isAfter(TermsEnum ids, UUID after) throws IOException {
        return switch (ids.seekCeil(Fields.bytes(after))) {
            case END -> false;
            case NOT_FOUND -> true;
            case FOUND -> ids.next() != null;
        };
    }

    /** The last Lucene document of a block is the document itself, and at most one block of an id is live. */
    private void add(SortedMap<Integer, UUID> found, TermsEnum ids) throws IOException {
        PostingsEnum block = ids.postings(null, PostingsEnum.NONE);
        int last = DocIdSetIterator.NO_MORE_DOCS;
        for (int doc = block.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = block.nextDoc()) {
            if (live == null || live.get(doc)) {
                last = doc;
            }
        }
        if (last != DocIdSetIterator.NO_MORE_DOCS) {
            found.put(last, Fields.uuid(ids.term()));
        }
    }

    /** Reads in the order of Lucene's numbers, because doc values can only be read forward. */
    private List<Stamp> stamps(SortedMap<Integer, UUID> documents) throws IOException {
        List<LeafReaderContext> leaves = reader.leaves();
        List<Stamp> stamps = new ArrayList<>();
        LeafReaderContext leaf = null;
        NumericDocValues values = DocValues.emptyNumeric();
        for (Map.Entry<Integer, UUID> document : documents.entrySet()) {
            LeafReaderContext of = leaves.get(ReaderUtil.subIndex(document.getKey(), leaves));
            if (of != leaf) {
                leaf = of;
                values = DocValues.getNumeric(of.reader(), Fields.STAMP);
            }
            boolean isStamped = values.advanceExact(document.getKey() - of.docBase);
            stamps.add(new Stamp(document.getValue(), isStamped ? values.longValue() : 0));
        }
        return stamps;
    }
}
