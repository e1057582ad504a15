package dev.tandem.index.lucene.image;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * How Lucene compares vectors in a native image: with plain loops. There is no module of the Vector API in an image, and the build of one
 * fails at Lucene's classes that use it. The JVM never loads this class.
 */
@TargetClass(className = "org.apache.lucene.internal.vectorization.VectorizationProvider")
@SuppressWarnings("UnusedMethod") // the builder of the image puts it in the place of Lucene's
final class ScalarVectorization {

    private ScalarVectorization() {}

    @Substitute
    static ScalarVectorization lookup(boolean testMode) {
        return (ScalarVectorization) (Object) new PlainLoops();
    }

    @TargetClass(className = "org.apache.lucene.internal.vectorization.DefaultVectorizationProvider")
    private static final class PlainLoops {

        @Alias
        PlainLoops() {}
    }
}
