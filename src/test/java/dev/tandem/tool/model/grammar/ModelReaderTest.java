package dev.tandem.tool.model.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.types.EnumType;
import dev.tandem.tool.model.types.Field;
import dev.tandem.tool.model.types.ListType;
import dev.tandem.tool.model.types.ModelName;
import dev.tandem.tool.model.types.RefType;
import dev.tandem.tool.model.types.StringType;
import dev.tandem.tool.model.types.WholeType;
import dev.tandem.tool.model.types.WrittenType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReaderTest {

    private static final ModelName COUNTRY = ModelName.of("country");

    private final ModelReader reader = new ModelReader(Map.of("country", COUNTRY));

    @Test
    void readsEveryTypeAndWhatFollowsIt() {
        Model model = reader.read(
                "bookReview",
                null,
                List.of(
                        "title:string:1..200:required:unique",
                        "rank:int:0..10",
                        "born:date:required",
                        "kind:enum:person,group",
                        "labels:list:string:20",
                        "codes:list:string:2..4:3",
                        "country:ref:country:cascade"));
        assertThat(model.fields())
                .extracting(Field::type)
                .containsExactly(
                        new StringType(1, 200),
                        new WholeType(false, 0, 10),
                        WrittenType.DATE,
                        new EnumType(List.of("person", "group")),
                        new ListType(new StringType(0, 200), 20),
                        new ListType(new StringType(2, 4), 3),
                        new RefType(COUNTRY, RefType.OnDelete.CASCADE));
        assertThat(model.fields()).extracting(Field::required).startsWith(true, false, true, false);
        assertThat(model.uniques()).extracting(Field::name).containsExactly("title");
    }

    @ParameterizedTest
    @CsvSource({
        "author, Author, author, authors, authors, an",
        "bookReview, BookReview, book_review, bookReviews, book-reviews, a",
        "country, Country, country, countries, countries, a",
        "day, Day, day, days, days, a",
        "box, Box, box, boxes, boxes, a"
    })
    void namesTheModelInEveryLayer(
            String word, String type, String table, String variables, String path, String article) {
        ModelName name = reader.read(word, null, List.of("title:string")).name();
        assertThat(List.of(name.type(), name.table(), name.variables(), name.path(), name.article()))
                .containsExactly(type, table, variables, path, article);
    }

    @Test
    void takesAPluralThatIsSaid() {
        ModelName name = reader.read("person", "people", List.of("name:string")).name();
        assertThat(name.path()).isEqualTo("people");
        assertThat(refusal("person", "person", "name:string")).contains("person: the plural must differ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class:string",
                "order:string",
                "id:uuid",
                "createdAt:instant",
                "hashCode:int",
                "Name:string",
                "name",
                "name:strin",
                "name:string:5..3",
                "name:string:0..99999",
                "name:string:required:required",
                "name:string:needed",
                "body:text:unique",
                "kind:enum:one",
                "kind:enum:One,two",
                "view:enum:one,two",
                "price:decimal",
                "price:decimal:20,2",
                "price:decimal:5,5",
                "labels:list:string",
                "labels:list:text:5",
                "labels:list:string:0",
                "owner:ref:nothing",
                "country:ref:country:detach:required",
                "rank:int:0..99999999999",
                "rank:int:3..3",
                "rank:int:0..10:unique"
            })
    void refusesAFieldByItsName(String field) {
        assertThat(refusal("author", null, field)).startsWith(field + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Author", "authors", "user", "table", "class", "string", "list", "util", "service", "a_b", "thread"
            })
    void refusesAModelByItsName(String word) {
        assertThat(refusal(word, null, "title:string")).startsWith(word + ": ");
    }

    @Test
    void saysEveryMistakeAtOnce() {
        assertThat(refusal("Author", null, "class:string", "name:strin", "kind:string", "kind:int")
                        .lines())
                .hasSize(4)
                .last()
                .asString()
                .startsWith("kind: two fields");
        assertThat(refusal("author", null)).contains("1 to 30 fields");
        assertThat(refusal("author", null, "countryId:uuid", "country:ref:country"))
                .startsWith("country: two fields");
    }

    private String refusal(String word, @Nullable String plural, String... fields) {
        return assertThatExceptionOfType(ModelRefusal.class)
                .isThrownBy(() -> reader.read(word, plural, List.of(fields)))
                .actual()
                .getMessage();
    }
}
