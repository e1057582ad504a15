package dev.tandem.tool.model.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lists of arguments for {@code ./model new}: of any types, and some of them wrong. The same seed gives the same lists. */
public final class ArgumentLists {

    private static final List<String> NAMES = List.of(
            "name",
            "title",
            "kind",
            "key",
            "value",
            "country",
            "homeCountry",
            "x",
            "a1",
            "url",
            "createdBy",
            "created",
            "isOpen",
            "type",
            "state",
            "content",
            "metadata",
            "code",
            "text",
            "string",
            "list",
            "map",
            "uuid",
            "instant",
            "author",
            "page",
            "data",
            "body",
            "size",
            "length",
            "equal",
            "member",
            "members",
            "api",
            "one",
            "once",
            "cursors",
            "factory",
            "mapper",
            "unitOfWork",
            "error",
            "answer",
            "sample",
            "samples",
            "country2");

    /** Names that mean something else somewhere. */
    private static final List<String> ODD_NAMES = List.of(
            "order",
            "class",
            "group",
            "draft",
            "index",
            "item",
            "record",
            "number",
            "version",
            "limit",
            "offset",
            "integer",
            "violations",
            "now",
            "other",
            "row",
            "json",
            "identities",
            "patches",
            "Name",
            "a_b",
            "",
            "int",
            "hashCode",
            "id");

    private static final List<String> TYPES = List.of(
            "string",
            "string:1..200",
            "string:0..1",
            "string:3..3",
            "string:0..10000",
            "text",
            "int",
            "int:0..10",
            "int:-5..2147483647",
            "long",
            "long:-9223372036854775808..0",
            "long:1..3",
            "decimal:10,2",
            "decimal:1,0",
            "decimal:15,14",
            "bool",
            "date",
            "instant",
            "uuid",
            "uri",
            "enum:person,group",
            "enum:true,false,null",
            "json",
            "list:string:20",
            "list:string:1..40:1",
            "list:int:3",
            "list:int:0..5:1000",
            "ref:country",
            "ref:country:cascade",
            "ref:country:detach");

    private static final List<String> ODD_TYPES =
            List.of("strin", "int:5..1", "enum:x", "list:json:3", "ref:nowhere", "string:", "decimal:3", "");

    private static final List<String> MODIFIERS =
            List.of("", "", "", "", "", "", ":required", ":required", ":required", ":unique");

    private final Random random;

    public ArgumentLists(long seed) {
        this.random = new Random(seed);
    }

    public List<String> next() {
        List<String> fields = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            String name = any(random.nextInt(15) == 0 ? ODD_NAMES : NAMES);
            String type = any(random.nextInt(25) == 0 ? ODD_TYPES : TYPES);
            fields.add(name + ":" + type + any(MODIFIERS));
        }
        return fields;
    }

    /** A field of each type, required or not. */
    public static List<String> ofEveryType(boolean required) {
        List<String> fields = new ArrayList<>();
        List<String> sound = TYPES.subList(0, TYPES.indexOf("ref:country"));
        for (int i = 0; i < sound.size(); i++) {
            fields.add("f" + i + ":" + sound.get(i) + (required ? ":required" : ""));
        }
        return fields;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
