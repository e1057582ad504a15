package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.diff.Operation.Kind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises what a generated statement does. */
final class OperationReader {

    private static final String WORD = "(?:\"(?:[^\"]|\"\")+\"|[\\w$]+)";
    private static final String NAME = WORD + "(?:\\." + WORD + ")?";
    private static final String TABLE = "ALTER TABLE (?:ONLY )?(?<table>" + NAME + ") ";
    private static final String COLUMN = TABLE + "ALTER COLUMN (?<name>" + WORD + ") ";

    private record Form(Pattern pattern, Kind kind) {
        Form(String pattern, Kind kind) {
            this(Pattern.compile(pattern, Pattern.DOTALL), kind);
        }
    }

    /** The first form that matches counts. */
    private static final List<Form> FORMS = List.of(
            new Form("CREATE (?:UNLOGGED )?TABLE (?<table>" + NAME + ") .*", Kind.CREATE_TABLE),
            new Form("DROP TABLE (?<table>" + NAME + ")", Kind.DROP_TABLE),
            new Form(TABLE + "ADD COLUMN (?<name>" + WORD + ") .*", Kind.ADD_COLUMN),
            new Form(TABLE + "DROP COLUMN (?<name>" + WORD + ")", Kind.DROP_COLUMN),
            new Form(COLUMN + "TYPE .*", Kind.CHANGE_TYPE),
            new Form(COLUMN + "SET DEFAULT .*", Kind.SET_DEFAULT),
            new Form(COLUMN + "DROP DEFAULT", Kind.DROP_DEFAULT),
            new Form(COLUMN + "SET NOT NULL", Kind.SET_NOT_NULL),
            new Form(COLUMN + "DROP NOT NULL", Kind.DROP_NOT_NULL),
            new Form(COLUMN + "(?:ADD GENERATED|SET GENERATED|DROP IDENTITY).*", Kind.CHANGE_IDENTITY),
            new Form(COLUMN + ".*", Kind.CHANGE_COLUMN),
            new Form(TABLE + "ADD CONSTRAINT (?<name>" + WORD + ") PRIMARY KEY.*", Kind.ADD_PRIMARY_KEY),
            new Form(TABLE + "ADD CONSTRAINT (?<name>" + WORD + ") UNIQUE.*", Kind.ADD_UNIQUE),
            new Form(TABLE + "ADD CONSTRAINT (?<name>" + WORD + ") CHECK.*", Kind.ADD_CHECK),
            new Form(TABLE + "ADD CONSTRAINT (?<name>" + WORD + ") FOREIGN KEY.*", Kind.ADD_FOREIGN_KEY),
            new Form(TABLE + "ADD CONSTRAINT (?<name>" + WORD + ") EXCLUDE.*", Kind.ADD_EXCLUSION),
            new Form(TABLE + "ALTER CONSTRAINT (?<name>" + WORD + ").*", Kind.CHANGE_CONSTRAINT),
            new Form(TABLE + "VALIDATE CONSTRAINT (?<name>" + WORD + ")", Kind.VALIDATE_CONSTRAINT),
            new Form(TABLE + "DROP CONSTRAINT (?<name>" + WORD + ")", Kind.DROP_CONSTRAINT),
            new Form(
                    "CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?(?<name>" + WORD + ") ON (?:ONLY )?(?<table>" + NAME
                            + ").*",
                    Kind.CREATE_INDEX),
            new Form("ALTER INDEX (?<name>" + NAME + ") ATTACH PARTITION .*", Kind.ATTACH_INDEX),
            new Form("DROP INDEX (?<name>" + NAME + ")", Kind.DROP_INDEX),
            new Form("ALTER TYPE (?<name>" + NAME + ") ADD VALUE .*", Kind.ADD_VALUE),
            new Form("CREATE (?:TYPE|DOMAIN) (?<name>" + NAME + ").*", Kind.CREATE_TYPE),
            new Form("ALTER (?:TYPE|DOMAIN) (?<name>" + NAME + ").*", Kind.CHANGE_TYPE_DEFINITION),
            new Form("DROP (?:TYPE|DOMAIN) (?<name>" + NAME + ")", Kind.DROP_TYPE),
            new Form("CREATE SEQUENCE (?<name>" + NAME + ").*", Kind.CREATE_SEQUENCE),
            new Form("ALTER SEQUENCE (?<name>" + NAME + ").*", Kind.ALTER_SEQUENCE),
            new Form("DROP SEQUENCE (?<name>" + NAME + ")", Kind.DROP_SEQUENCE),
            new Form(
                    "CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE) (?<name>" + NAME + "\\(.*?\\)).*",
                    Kind.CREATE_FUNCTION),
            new Form("DROP (?:FUNCTION|PROCEDURE) (?<name>" + NAME + "\\(.*\\))", Kind.DROP_FUNCTION),
            new Form(
                    "CREATE (?:CONSTRAINT )?TRIGGER (?<name>" + WORD + ").*? ON (?<table>" + NAME + ").*",
                    Kind.CREATE_TRIGGER),
            new Form("DROP TRIGGER (?<name>" + WORD + ") ON (?<table>" + NAME + ")", Kind.DROP_TRIGGER),
            new Form("CREATE (?:OR REPLACE )?(?:MATERIALIZED )?VIEW (?<name>" + NAME + ").*", Kind.CREATE_VIEW),
            new Form("DROP (?:MATERIALIZED )?VIEW (?<name>" + NAME + ")", Kind.DROP_VIEW),
            new Form("CREATE POLICY (?<name>" + WORD + ") ON (?<table>" + NAME + ").*", Kind.CREATE_POLICY),
            new Form("DROP POLICY (?<name>" + WORD + ") ON (?<table>" + NAME + ")", Kind.DROP_POLICY),
            new Form("CREATE EXTENSION (?<name>" + WORD + ").*", Kind.CREATE_EXTENSION),
            new Form("DROP EXTENSION (?<name>" + WORD + ")", Kind.DROP_EXTENSION),
            new Form("CREATE SCHEMA (?<name>" + WORD + ").*", Kind.CREATE_SCHEMA),
            new Form("DROP SCHEMA (?<name>" + WORD + ")", Kind.DROP_SCHEMA),
            new Form("COMMENT ON \\w+ (?<name>.*?) IS .*", Kind.COMMENT));

    private OperationReader() {}

    static Operation read(String statement) {
        String line = statement.replaceAll("\\s+", " ");
        for (Form form : FORMS) {
            Matcher matcher = form.pattern().matcher(line);
            if (matcher.matches()) {
                return new Operation(form.kind(), group(matcher, "table"), group(matcher, "name"), statement);
            }
        }
        return new Operation(Kind.OTHER, "", "", statement);
    }

    private static String group(Matcher matcher, String name) {
        return matcher.namedGroups().containsKey(name) ? matcher.group(name) : "";
    }
}
