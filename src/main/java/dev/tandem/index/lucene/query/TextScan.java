package dev.tandem.index.lucene.query;

import dev.tandem.index.lucene.shape.Fields;
import dev.tandem.index.lucene.shape.MetadataTerm;
import dev.tandem.work.Stop;
import io.netty.buffer.search.AbstractSearchProcessorFactory;
import io.netty.buffer.search.KmpSearchProcessorFactory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Matches documents that have a metadata term between two bounds and, if a needle is given, with the needle in it.
 *
 * <p>Lucene's own queries of this kind build an automaton with a state for each byte of their text. For a long text they refuse, or take
 * megabytes. This query reads all terms between the bounds, as an automaton that begins with "anything" would do, too. It searches them
 * in linear time (Knuth, Morris, Pratt 1977), so that no choice of texts makes it slow.
 */
final class TextScan extends MultiTermQuery {

    private final BytesRef from;
    private final BytesRef to;
    private final @Nullable BytesRef needle;
    /** Not a part of what the query is: two that differ in this alone are equal. */
    private final Stop stop;

    /**
     * @param from inclusive
     * @param to exclusive
     * @param needle searched for after the path and the tag. In UTF-8, a text contains another one exactly if its bytes contain the other's
     */
    TextScan(BytesRef from, BytesRef to, @Nullable BytesRef needle, Stop stop) {
        super(Fields.METADATA, CONSTANT_SCORE_BLENDED_REWRITE);
        this.from = from;
        this.to = to;
        this.stop = stop;
        // Every text contains the empty one, and Netty would read beyond its end.
        this.needle = needle == null || needle.length == 0 ? null : needle;
    }

    @Override
    protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
        return new Between(terms.iterator());
    }

    private final class Between extends FilteredTermsEnum {

        private final KmpSearchProcessorFactory.@Nullable Processor search;

        Between(TermsEnum all) {
            super(all);
            setInitialSeekTerm(from);
            search = needle == null ? null : searchFor(needle);
        }

        @Override
        protected AcceptStatus accept(BytesRef term) {
            stop.check();
            if (term.compareTo(to) >= 0) {
                return AcceptStatus.END;
            }
            return search == null || finds(search, term) ? AcceptStatus.YES : AcceptStatus.NO;
        }
    }

    private static KmpSearchProcessorFactory.Processor searchFor(BytesRef needle) {
        byte[] bytes = Arrays.copyOfRange(needle.bytes, needle.offset, needle.offset + needle.length);
        return AbstractSearchProcessorFactory.newKmpSearchProcessorFactory(bytes)
                .newSearchProcessor();
    }

    private static boolean finds(KmpSearchProcessorFactory.Processor search, BytesRef term) {
        search.reset();
        for (int i = MetadataTerm.PATH_BYTES + 1; i < term.length; i++) {
            boolean goesOn = search.process(term.bytes[term.offset + i]);
            if (!goesOn) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other)
                && other instanceof TextScan scan
                && from.equals(scan.from)
                && to.equals(scan.to)
                && Objects.equals(needle, scan.needle);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), from, to, needle);
    }

    @Override
    public String toString(String field) {
        return "TextScan[" + from + ", " + to + ", " + needle + "]";
    }
}
