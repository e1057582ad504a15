package dev.tandem.factory.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentOrder.Part;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderFactoryTest {

    @Test
    void readsFieldsAndDirections() {
        assertThat(OrderFactory.create("-metadata.author.name,title,-createdAt").parts())
                .containsExactly(
                        new Part(FieldPath.parse("author.name"), true),
                        new Part(DocumentField.TITLE, false),
                        new Part(DocumentField.CREATED_AT, true));
    }

    /** Otherwise the cursors of two lists could be taken for each other. */
    @Test
    void aCommaOrAHyphenCanBePartOfAName() {
        DocumentOrder order = OrderFactory.create("metadata.a\\,-key,metadata.-b\\.c");
        assertThat(order.parts())
                .containsExactly(
                        new Part(new FieldPath(List.of("a,-key")), false),
                        new Part(new FieldPath(List.of("-b.c")), false));
        assertThat(order.toString())
                .isNotEqualTo(
                        OrderFactory.create("metadata.a,-key,metadata.-b\\.c").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"createdAt", "-id,key", "metadata.a\\,b\\.c\\\\,-version", "-metadata.metadata.key"})
    void isWrittenAsItIsRead(String text) {
        assertThat(OrderFactory.create(text).toString()).isEqualTo(text);
    }
}
