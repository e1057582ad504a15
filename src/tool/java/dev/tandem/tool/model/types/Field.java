package dev.tandem.tool.model.types;

import java.util.List;
import java.util.Locale;

/**
 * A field of a model. Its type says how the layers write it.
 *
 * @param owner the model that has it
 * @param name in camel case: in JSON, record and entity
 * @param required whether each record has a value
 * @param unique whether no two records have the same value
 */
public record Field(ModelName owner, String name, FieldType type, boolean required, boolean unique) {

    public String column() {
        return Words.of(name).snake() + type.columnEnding();
    }

    /** The code of the problem that its rule is broken: {@code author.born}. */
    public String code() {
        return owner.table() + "." + Words.of(name).snake();
    }

    /** The name of a class that belongs to it: {@code AuthorKind}. */
    public String className() {
        return owner.type() + Words.of(name).pascal();
    }

    /** {@code DateOfBirth}, as in names of methods. */
    public String typeName() {
        return Words.of(name).pascal();
    }

    /** {@code DATE_OF_BIRTH}, as constants are named after it. */
    public String constant() {
        return Words.of(name).snake().toUpperCase(Locale.ROOT);
    }

    /** {@code date of birth} for {@code dateOfBirth}. */
    public String spoken() {
        return Words.of(name).spoken();
    }

    public String uniqueName() {
        return "uq_" + owner.table() + "_" + column();
    }

    public String foreignKeyName() {
        return "fk_" + owner.table() + "_" + column();
    }

    public String indexName() {
        return "ix_" + owner.table() + "_" + column();
    }

    /** Whether its value in the record may be null. Lists and objects are empty instead. */
    public boolean nullable() {
        return !required && !type.isContainer();
    }

    public String domain() {
        return type.domain(this);
    }

    public String draft() {
        return type.draft();
    }

    public String row() {
        return type.row(this);
    }

    public String view() {
        return type.view(this);
    }

    /** The attributes of its column, without the brackets. */
    public String columnAttributes() {
        StringBuilder attributes = new StringBuilder();
        if (!column().equals(name)) {
            attributes.append("name = \"").append(column()).append("\", ");
        }
        if (!nullable()) {
            attributes.append("nullable = false, ");
        }
        attributes.append(type.column());
        return attributes.toString().replaceFirst(", $", "");
    }

    public boolean isJson() {
        return type.isJson();
    }

    public boolean isRef() {
        return type instanceof RefType;
    }

    public boolean isEnum() {
        return type instanceof EnumType;
    }

    /** Java that reads the value from the draft. */
    public String read() {
        return type.read(this);
    }

    /** Java that checks it, a rule each. */
    public List<String> rules() {
        return type.rules(this);
    }

    /** Java for the value that is given to the record, after the rules. */
    public String judged() {
        return type.judged(this);
    }

    public String toRow() {
        return guarded(owner.variable() + "." + name + "()", type.toRow(this, owner.variable() + "." + name + "()"));
    }

    public String toDomain() {
        return guarded("row." + name, type.toDomain(this, "row." + name));
    }

    public String toView() {
        return guarded(owner.variable() + "." + name + "()", type.toView(this, owner.variable() + "." + name + "()"));
    }

    /** Java for the value as JSON has it, for a patch. */
    public String toJson() {
        return guarded(owner.variable() + "." + name + "()", type.toJson(this, owner.variable() + "." + name + "()"));
    }

    /** The same where it is known not to be null. */
    public String presentToJson() {
        return type.toJson(this, owner.variable() + "." + name + "()");
    }

    public String fromJson() {
        return type.fromJson("patched.get(\"" + name + "\")");
    }

    private String guarded(String value, String converted) {
        return nullable() && !converted.equals(value) ? value + " == null ? null : " + converted : converted;
    }

    /** What it may be, in words: {@code A text of 1 to 200 characters}. */
    public String sentence() {
        return type.sentence(this);
    }

    /** Words: what happens to the record when the one that it refers to is deleted; empty if it refers to none. */
    public String onDeleteSentence() {
        return type instanceof RefType ref ? ref.onDelete().sentence() : "";
    }

    /** The attributes of its schema in a request. The words of an enumeration describe themselves. */
    public String schema() {
        String attributes = type.schema(this);
        if (isEnum()) {
            return attributes;
        }
        return "description = \"" + sentence() + "\"" + (attributes.isEmpty() ? "" : ", " + attributes);
    }

    public String viewSchema() {
        return type.viewSchema(this);
    }

    /** JSON for examples. */
    public String example() {
        return type.example(this);
    }

    /** Java for the JSON value of a sample; {@code number} differs from sample to sample. */
    public String sample() {
        return type.sample(this);
    }

    /** Another value than that of the sample. */
    public String other() {
        return type.other(this);
    }

    public List<String> kept() {
        return type.kept(this);
    }

    public List<Broken> broken() {
        return type.allBroken(this);
    }

    /** Java: how a test says that the record has no value. */
    public String isMissing() {
        return type.isContainer() ? ".isEqualTo(" + type.empty() + ")" : ".isNull()";
    }

    /** The same for the value in JSON. */
    public String isMissingInJson() {
        return type.isContainer() ? ".isEqualTo(" + type.emptyInJson() + ")" : ".isNull()";
    }

    public List<String> unreadable() {
        return type.unreadable();
    }

    /** Whether a rule of its own has its code. Others have codes that all models share. */
    public boolean hasOwnCode() {
        return broken().stream().anyMatch(broken -> broken.code().equals(code()));
    }
}
