package dev.tandem.index.lucene.query.text;

import dev.tandem.work.Stop;
import java.io.IOException;
import org.apache.lucene.index.FilterLeafReader.FilterTermsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Matches documents with a word that begins with another. It can be stopped while it reads the words, which may be all that there are. */
final class Beginning extends PrefixQuery {

    /** Not a part of what the query is: two that differ in this alone are equal. */
    private final Stop stop;

    Beginning(Term prefix, Stop stop) {
        super(prefix);
        this.stop = stop;
    }

    @Override
    protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
        return new FilterTermsEnum(super.getTermsEnum(terms, attributes)) {
            @Override
            public @Nullable BytesRef next() throws IOException {
                stop.check();
                return in.next();
            }
        };
    }
}
