package dev.tandem.api.imports.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tandem.api.imports.lines.LineSource;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormTest {

    private static final int LONGEST = 1_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private final List<RawLine> lines = new ArrayList<>();
    private @Nullable Delimiter delimiter;
    private @Nullable Map<String, Object> schema;

    @Test
    void eachRowIsADocument() {
        assertThat(json("key,title,content\na,Tea,leaves\nb,,\"\"\n"))
                .containsExactly(
                        "{\"key\":\"a\",\"title\":\"Tea\",\"content\":\"leaves\"}", "{\"key\":\"b\",\"content\":\"\"}");
    }

    /** The header and the rows of files as programs write them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "key,title\na,x\nb,y",
                "key,title\r\na,x\r\nb,y\r\n",
                "key,title\ra,x\rb,y\r",
                "\uFEFFkey;title\r\na;x\r\nb;y\r\n",
                "\uFEFF\"key\";\"title\"\r\n\"a\";\"x\"\r\n\"b\";\"y\"\r\n",
                "sep=;\r\nkey;title\r\na;x\r\nb;y\r\n",
                "\uFEFFsep=\t\nkey\ttitle\na\tx\nb\ty",
                "key\ttitle\na\tx\nb\ty",
                "\n\r\nkey,title\n\na,x\n\r\n\nb,y\n\n",
                " key , title \na,x\nb,y",
                "\uFEFF\uFEFF\uFEFFkey,title\na,x\nb,y",
                "\uFEFF\uFEFFsep=;\nkey;title\na;x\nb;y",
                "key :string,title\t:string\na,x\nb,y",
                "key,title,,\na,x,,\nb,y,,\n,,,\n"
            })
    void readsWhatSpreadsheetsWrite(String csv) {
        for (int piece : new int[] {1, 2, 3, 7, 1_000}) {
            lines.clear();
            assertThat(json(octets(csv), piece))
                    .as("in pieces of %d", piece)
                    .containsExactly("{\"key\":\"a\",\"title\":\"x\"}", "{\"key\":\"b\",\"title\":\"y\"}");
        }
    }

    @Test
    void quotesKeepDelimitersLineBreaksAndQuotes() {
        assertThat(json("key,title\n\"a,\"\"b\"\"\",\"one\r\ntwo\n\"\nc,5\" of tea\n"))
                .containsExactly(
                        "{\"key\":\"a,\\\"b\\\"\",\"title\":\"one\\r\\ntwo\\n\"}",
                        "{\"key\":\"c\",\"title\":\"5\\\" of tea\"}");
    }

    /** As an editor counts them, whatever ends them. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void countsTheLinesOfTheFile(String end) {
        json(String.join(end, "key,title", "a,\"1", "2", "3\"", "", "b,x", "\"c\",\"\"", ""));
        assertThat(lines).extracting(RawLine::number).containsExactly(2L, 6L, 7L);
    }

    @Test
    void aParameterCountsMoreThanTheFile() {
        delimiter = Delimiter.SEMICOLON;
        assertThat(json("key;a,b\n1;2,3")).containsExactly("{\"key\":\"1\",\"metadata\":{\"a,b\":\"2,3\"}}");
        delimiter = Delimiter.COMMA;
        assertThat(json("sep=|\nkey,a\n1,2")).containsExactly("{\"key\":\"1\",\"metadata\":{\"a\":\"2\"}}");
        assertThat(json("sep=;\nkey,a;b\n1,2;3")).containsExactly("{\"key\":\"1\",\"metadata\":{\"a;b\":\"2;3\"}}");
    }

    @Test
    void everyOtherColumnIsMetadata() {
        assertThat(json("key,year,size.cm,metadata.size.kg,metadata.key,a\\.b\n1,2,3,4,5,6"))
                .containsExactly("{\"key\":\"1\",\"metadata\":{\"year\":\"2\",\"size\":{\"cm\":\"3\",\"kg\":\"4\"},"
                        + "\"key\":\"5\",\"a.b\":\"6\"}}");
        assertThat(json("year,size.cm\n,1\n2,"))
                .containsExactly("{\"metadata\":{\"size\":{\"cm\":\"1\"}}}", "{\"metadata\":{\"year\":\"2\"}}");
        assertThat(json("key,metadata\na,\"{\"\"year\"\": 7}\""))
                .containsExactly("{\"key\":\"a\",\"metadata\":{\"year\": 7}}");
    }

    @Test
    void guessesNothing() {
        assertThat(json("zip,since,yes,list\n007,2020-01-01,true,[1]"))
                .containsExactly(
                        "{\"metadata\":{\"zip\":\"007\",\"since\":\"2020-01-01\",\"yes\":\"true\",\"list\":\"[1]\"}}");
    }

    @Test
    void theHeaderSaysTypes() {
        assertThat(json("n:number,b:boolean,j:json,s:string,dc:title,x:number:string\n-1.5e3,TRUE,\"[1,null]\",1,2,3"))
                .containsExactly("{\"metadata\":{\"n\":-1.5e3,\"b\":true,\"j\":[1,null],\"s\":\"1\","
                        + "\"dc:title\":\"2\",\"x:number\":\"3\"}}");
        assertThat(json("key , year :number, metadata.size.cm :number \na,5,6"))
                .containsExactly("{\"key\":\"a\",\"metadata\":{\"year\":5,\"size\":{\"cm\":6}}}");
        assertThat(json("title:json,vector,ifVersion\nnull,\"[1, 2]\",3"))
                .containsExactly("{\"title\":null,\"vector\":[1, 2],\"ifVersion\":3}");
    }

    @Test
    void theSchemaSaysTypesOfWhatFitsThem() {
        schema = Map.of(
                "properties",
                Map.of(
                        "n",
                        Map.of("type", "integer"),
                        "b",
                        Map.of("type", List.of("boolean", "null")),
                        "s",
                        Map.of("type", List.of("number", "string")),
                        "o",
                        Map.of("properties", Map.of("l", Map.of("type", "array")))));
        assertThat(json("n,b,s,o.l,u\n7,false,7,[1],7\n007,no,x,{},x"))
                .containsExactly(
                        "{\"metadata\":{\"n\":7,\"b\":false,\"s\":\"7\",\"o\":{\"l\":[1]},\"u\":\"7\"}}",
                        "{\"metadata\":{\"n\":\"007\",\"b\":\"no\",\"s\":\"x\",\"o\":{\"l\":\"{}\"},\"u\":\"x\"}}");
    }

    @Test
    void aRowWithAFlawTellsItsKeyAndTheOthersAreRead() {
        assertFlaw("key,n:number\na,1,2\nb,3", "csv.cells", "");
        assertFlaw("key,n:number\na\nb,3", "csv.cells", "");
        assertFlaw("key,n:number,\na,1,x\nb,3,", "csv.cells", "");
        assertFlaw("key,n:number\na,\"1\"2\nb,3", "csv.quotes", "");
        assertFlaw("key,n:number\na,3%\nb,3", "csv.type", "/metadata/n");
        assertFlaw("key,n:number\na,NaN\nb,3", "csv.type", "/metadata/n");
        assertFlaw("key,n:number,b/c:boolean\na,1,yes\nb,3,", "csv.type", "/metadata/b~1c");
        assertFlaw("key,n:number,j:json\na,1,{\nb,3,", "csv.type", "/metadata/j");
        assertFlaw("key,n:number,j:json\na,1,1 2\nb,3,", "csv.type", "/metadata/j");
        assertFlaw(
                "key,n:number,j:json\na,1," + "[".repeat(101) + "]".repeat(101) + "\nb,3,", "csv.type", "/metadata/j");
    }

    private void assertFlaw(String csv, String code, String pointer) {
        List<String> read = json(csv);
        assertThat(read).as(csv).containsExactly("{\"key\":\"a\"", "{\"key\":\"b\",\"metadata\":{\"n\":3}}");
        assertThat(Objects.requireNonNull(lines.getFirst().flaw()))
                .extracting(RawLine.Flaw::code, RawLine.Flaw::pointer)
                .containsExactly(code, pointer);
        assertThat(lines.getLast().flaw()).isNull();
    }

    @Test
    void aQuoteThatIsNeverClosedEndsWithTheFile() {
        assertThat(json("key,title\na,\"x\nb,y\n")).hasSize(1);
        assertThat(Objects.requireNonNull(lines.getFirst().flaw()).code()).isEqualTo("csv.quotes");
        assertThat(lines.getFirst().number()).isEqualTo(2);
    }

    /** Nobody knows where a cell with wrong quotes ends, nor the cells behind it. */
    @Test
    void aKeyThatCannotBeReadIsNotTold() {
        assertUnread("key,title\n\"a,x\nb,y\n");
        assertUnread("key,title\n\"a\"b,x");
        assertUnread("title,key\n\"x\"y,a");
        assertUnread("title,key\nx,\"a\nb,y");
        assertUnread("key,title\n" + "a".repeat(LONGEST + 1) + ",x");
        assertThat(json("key,title\na,\"x\nb,y\n")).containsExactly("{\"key\":\"a\"");
    }

    private void assertUnread(String csv) {
        List<String> read = json(csv);
        assertThat(read).as(csv).hasSize(1);
        assertThat(read.getFirst().strip().replace("\0", "")).as(csv).isEqualTo("{");
    }

    @Test
    void aRowThatIsTooLongIsOne() {
        List<String> read = json("key,title\na," + "x".repeat(LONGEST) + "\nb,y\nc," + "\u0001".repeat(LONGEST / 2));
        assertThat(lines).extracting(RawLine::isWhole).containsExactly(false, true, false);
        assertThat(read.getFirst()).startsWith("{\"key\":\"a\"").hasSize(LONGEST);
    }

    /** Neither cells without end nor a quote without end take memory. */
    @ParameterizedTest
    @ValueSource(strings = {",", "\"", "x", "\"\"", "\n", ",\n", "\"a\","})
    void muchThatIsNoRowIsRefusedOrRead(String piece) {
        byte[] much = octets("key,title\n" + (piece.equals("\"") ? "\"" + "\"\"" : piece).repeat(20 * LONGEST));
        try {
            json(much, 100);
        } catch (Refusal.TooLarge refusal) {
            assertThat(refusal.code()).isEqualTo("import.no_line");
        }
        assertThat(lines).allMatch(line -> line.octets().length <= LONGEST);
    }

    @Test
    void anythingElseThanUtf8IsRefused() {
        assertThat(json(octets("key,title\na,ä\nb,y", StandardCharsets.ISO_8859_1), 100))
                .hasSize(2);
        assertThat(Objects.requireNonNull(lines.getFirst().flaw()).code()).isEqualTo("csv.encoding");
        assertRefused(octets("key,ä\na,b", StandardCharsets.ISO_8859_1), "csv.encoding");
        assertRefused(octets("\uFEFFkey,title\na,b", StandardCharsets.UTF_16LE), "csv.encoding");
        assertThat(json(octets("\uFEC0,\uFEC1\na,b"), 1))
                .containsExactly("{\"metadata\":{\"\uFEC0\":\"a\",\"\uFEC1\":\"b\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key,key",
                "key,a,metadata.a",
                "key,a,a.b",
                "a.b,a",
                "metadata,a",
                "a,a:number",
                "a..b",
                "a.",
                ".a",
                "a\\",
                "\"key,title",
                "\"key\"x,title",
                "\"\",\"\"",
                " :number",
                "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a"
            })
    void refusesAHeaderThatIsNone(String header) {
        assertRefused(octets(header + "\n1,2"), "csv.header");
    }

    /** Otherwise it would be a header, and each row a document without text. */
    @ParameterizedTest
    @ValueSource(strings = {"sep=|", "sep=", "sep=;;", "sep=|\nkey|title", "\uFEFFsep=:\r\nkey:title"})
    void refusesADelimiterThatIsNone(String beginning) {
        assertRefused(octets(beginning + "\n1,2"), "csv.delimiter");
        assertRefused(octets(beginning), "csv.delimiter");
    }

    @Test
    void aHeaderHasABound() {
        delimiter = Delimiter.COMMA;
        String many = "a,".repeat(1_000) + "b\n";
        assertRefused(octets(many), "csv.header");
        assertRefused(octets("x".repeat(LONGEST + 1) + "\n"), "csv.header");
    }

    @Test
    void nothingIsNothing() {
        assertThat(json("")).isEmpty();
        assertThat(json("\uFEFF")).isEmpty();
        assertThat(json("key,title")).isEmpty();
        assertThat(json("\n\r\n,,\n")).isEmpty();
    }

    /** However a file arrives, it is read as if it came at once, and nothing makes it fail in another way than by a refusal. */
    @Test
    void piecesDoNotMatter() {
        Random random = new Random(20_261_201);
        String characters = ",;\t\"\r\n=ab1 \uFEFFä\0";
        for (int round = 0; round < 3_000; round++) {
            StringBuilder csv = new StringBuilder(random.nextBoolean() ? "key,title\n" : "");
            for (int length = random.nextInt(40); length > 0; length--) {
                csv.append(characters.charAt(random.nextInt(characters.length())));
            }
            byte[] octets = octets(csv.toString());
            Object whole = outcome(octets, octets.length + 1);
            assertThat(outcome(octets, random.nextInt(1, 5))).as("%s", csv).isEqualTo(whole);
        }
    }

    private Object outcome(byte[] octets, int piece) {
        try {
            List<String> read = json(octets, piece);
            return read + " "
                    + lines.stream()
                            .map(line -> line.number() + " " + line.flaw())
                            .toList();
        } catch (Refusal refusal) {
            return refusal.code() + " " + refusal.detail();
        }
    }

    private void assertRefused(byte[] csv, String code) {
        assertThatThrownBy(() -> json(csv, 100))
                .isInstanceOfSatisfying(Refusal.Malformed.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(code));
    }

    private List<String> json(String csv) {
        return json(octets(csv), 10_000);
    }

    private List<String> json(byte[] csv, int piece) {
        lines.clear();
        CsvForm form = new CsvForm(delimiter, schema, JSON);
        try (LineSource source = new LineSource(form, false, LONGEST, lines::add)) {
            for (int from = 0; from < csv.length; from += piece) {
                source.feed(Arrays.copyOfRange(csv, from, Math.min(csv.length, from + piece)));
                while (source.cut()) {
                    // The lines arrive in the list.
                }
            }
            source.end();
        }
        return lines.stream()
                .map(line -> new String(line.octets(), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] octets(String text) {
        return octets(text, StandardCharsets.UTF_8);
    }

    private static byte[] octets(String text, Charset charset) {
        return text.getBytes(charset);
    }
}
