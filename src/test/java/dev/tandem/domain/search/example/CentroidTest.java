package dev.tandem.domain.search.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import org.junit.jupiter.api.Test;

class CentroidTest {

    @Test
    void directionsCountAlikeWhateverTheirLength() {
        Vector mean = of(Metric.COSINE, Vector.of(10, 0), Vector.of(0, 0.1f)).mean();
        assertThat(mean).isEqualTo(Vector.of(0.5f, 0.5f));
    }

    @Test
    void pointsAndInnerProductsKeepTheirLength() {
        for (Metric metric : new Metric[] {Metric.DOT, Metric.EUCLIDEAN}) {
            assertThat(of(metric, Vector.of(10, 0), Vector.of(0, 1)).mean()).isEqualTo(Vector.of(5, 0.5f));
        }
    }

    @Test
    void movesAwayByTheDistanceOfTheMeans() {
        Centroid like = of(Metric.EUCLIDEAN, Vector.of(2, 0), Vector.of(4, 2));
        Centroid unlike = of(Metric.EUCLIDEAN, Vector.of(1, 1), Vector.of(1, 3));
        Vector away = like.awayFrom(unlike);
        assertThat(away).isEqualTo(Vector.of(5, 0));
        assertThat(away.squaredDistance(like.mean()))
                .isCloseTo(like.mean().squaredDistance(unlike.mean()), within(1e-9));
    }

    @Test
    void nothingIsLeftOfOpposites() {
        assertThat(of(Metric.COSINE, Vector.of(3, 0), Vector.of(-1, 0)).mean().length())
                .isZero();
        assertThat(of(Metric.DOT, Vector.of(1, 0))
                        .awayFrom(of(Metric.DOT, Vector.of(2, 0)))
                        .length())
                .isZero();
    }

    @Test
    void withoutOthersItStaysWhereItIs() {
        Centroid none = of(Metric.COSINE);
        assertThat(none.isEmpty()).isTrue();
        assertThat(of(Metric.COSINE, Vector.of(0, 7)).awayFrom(none)).isEqualTo(Vector.of(0, 1));
    }

    /** A vector of zeros has no direction, so it can't be scaled. */
    @Test
    void zerosAddNothing() {
        assertThat(of(Metric.COSINE, Vector.of(0, 0), Vector.of(0, 4)).mean()).isEqualTo(Vector.of(0, 0.5f));
    }

    private static Centroid of(Metric metric, Vector... vectors) {
        Centroid centroid = new Centroid(new EmbeddingSettings(EmbeddingSettings.NONE, 2, metric));
        for (Vector vector : vectors) {
            centroid.add(vector);
        }
        return centroid;
    }
}
