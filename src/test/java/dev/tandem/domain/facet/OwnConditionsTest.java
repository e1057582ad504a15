package dev.tandem.domain.facet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.factory.metadata.FilterFactory;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnConditionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                                    | {}",
                "{'a': 1}                                              | {}",
                "{'a': 1, 'b': 2}                                      | {'b': 2}",
                "{'a': {'$gte': 1, '$lt': 5}, 'b': 2, 'c': 3}          | {'b': 2, 'c': 3}",
                "{'$and': [{'a': 1}, {'b': 2}]}                        | {'b': 2}",
                "{'$and': [{'a': {'$exists': true}}, {'a': 1}]}        | {}",
                "{'$or': [{'a': 1}, {'a': {'$startsWith': 'x'}}]}      | {}",
                "{'$or': [{'a': 1}, {'b': 2}]}                         | {'$or': [{'a': 1}, {'b': 2}]}",
                "{'$not': {'a': {'$in': [1]}}, 'b': 2}                 | {'b': 2}",
                "{'$not': {'a': 1, 'b': 2}}                            | {'$not': {'a': 1, 'b': 2}}",
                "{'a': {'$contains': 'x'}, 'a.b': 2, '$key': 'a'}      | {'a.b': 2, '$key': 'a'}",
                "{'a': {'$nin': []}, 'b': {'$in': []}}                 | {'b': {'$in': []}}",
            })
    void goIfTheyMustHoldAndAreOfTheFieldAlone(String filter, String left) {
        assertThat(OwnConditions.without(filter(filter), FieldPath.parse("a"))).isEqualTo(filter(left));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = "{'key': 1, '$key': 'x'} | {'key': 1}")
    void goForADocumentsOwnFieldToo(String filter, String left) {
        assertThat(OwnConditions.without(filter(filter), DocumentField.KEY)).isEqualTo(filter(left));
    }

    private static Filter filter(String json) {
        return FilterFactory.create(new JsonObject(json.replace('\'', '"')).getMap(), "/filter");
    }
}
