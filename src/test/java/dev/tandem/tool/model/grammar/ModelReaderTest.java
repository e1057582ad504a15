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

    @Test
    void readsWhatBecomesADocument() {
        Searchable searchable = reader.read(
                        "recipe",
                        null,
                        List.of(
                                "name:string:required",
                                "body:text",
                                "minutes:int",
                                "tags:list:string:20",
                                "country:ref:country"),
                        List.of("title=name", "content=body", "metadata=minutes,tags,country"))
                .searchable();
        assertThat(searchable).isNotNull();
        assertThat(searchable.title()).extracting(Field::name).isEqualTo("name");
        assertThat(searchable.content()).extracting(Field::name).isEqualTo("body");
        assertThat(searchable.metadata()).extracting(Field::name).containsExactly("minutes", "tags", "country");
        assertThat(reader.read("recipe", null, List.of("name:string")).searchable())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "body=text | body=text: the parts",
                "title | title: the parts",
                "title=nothing | title=nothing: there is no field 'nothing'",
                "title=body | title=body: a title is a string",
                "title=wordy | title=wordy: a title is a string of up to 2000",
                "content=minutes | content=minutes: a content is",
                "content=name,body | content=name,body: there is no field",
                "metadata=body | metadata=body: 'body' is a text",
                "metadata=extra | metadata=extra: 'extra' is a json",
                "metadata=longer | metadata=longer: 'longer' is a string:0..10000",
                "metadata=minutes,minutes | metadata=minutes,minutes: 'minutes' is there twice",
                "metadata=origin | metadata=origin: 'origin' is detached",
                "metadata=many | metadata: these fields may be",
                "metadata= | metadata=: there is no field"
            })
    void refusesAPartByItsName(String part, String reason) {
        String refusal = part.startsWith("title=") ? searchableRefusal(part) : searchableRefusal("title=name", part);
        assertThat(refusal).startsWith(reason);
    }

    @Test
    void refusesDocumentsThatMayHaveNoTextOrOutliveTheirRecord() {
        assertThat(searchableRefusal("content=body")).startsWith("--searchable: the title or the content");
        assertThat(searchableRefusal()).startsWith("--searchable: the title or the content");
        assertThat(searchableRefusal("title=name", "title=name")).isEqualTo("title=name: title is there twice");
        assertThat(refusalOf(List.of("name:string:required", "country:ref:country:cascade"), List.of("title=name")))
                .startsWith("country: a searchable record cannot be deleted by a cascade");
    }

    private String searchableRefusal(String... parts) {
        return refusalOf(
                List.of(
                        "name:string:required",
                        "wordy:string:0..2001:required",
                        "longer:string:0..10000",
                        "body:text",
                        "minutes:int",
                        "extra:json",
                        "many:list:string:0..800:20",
                        "origin:ref:country:detach"),
                List.of(parts));
    }

    private String refusalOf(List<String> fields, List<String> parts) {
        return assertThatExceptionOfType(ModelRefusal.class)
                .isThrownBy(() -> reader.read("recipe", null, fields, parts))
                .actual()
                .getMessage();
    }

    private String refusal(String word, @Nullable String plural, String... fields) {
        return assertThatExceptionOfType(ModelRefusal.class)
                .isThrownBy(() -> reader.read(word, plural, List.of(fields)))
                .actual()
                .getMessage();
    }
}
