package dev.tandem.tool.model.types;

import java.util.List;

/**
 * A reference to a record of another model, by its id.
 *
 * @param target the other model
 * @param onDelete what happens when the other record is deleted
 */
public record RefType(ModelName target, OnDelete onDelete) implements FieldType {

    /** What happens to a record when the one that it refers to is deleted. */
    public enum OnDelete {
        /** The other one is not deleted. */
        RESTRICT("", ", which cannot be deleted meanwhile"),
        /** It is deleted too. */
        CASCADE("cascade", "; when that is deleted, so is this"),
        /** It refers to nothing. */
        DETACH("set null", "; when that is deleted, this becomes null, without a new version");

        private final String sql;
        private final String sentence;

        OnDelete(String sql, String sentence) {
            this.sql = sql;
            this.sentence = sentence;
        }

        /** Words: the end of a sentence about the reference. */
        String sentence() {
            return sentence;
        }

        /** As {@code @PgForeignKey} has it. */
        public String sql() {
            return sql;
        }
    }

    @Override
    public String text() {
        return "ref:" + target.word();
    }

    @Override
    public String domain(Field field) {
        return "UUID";
    }

    @Override
    public String columnEnding() {
        return "_id";
    }

    @Override
    public String read(Field field) {
        return WrittenType.UUID.read(field);
    }

    @Override
    public List<String> rules(Field field) {
        return WrittenType.UUID.rules(field);
    }

    @Override
    public String toJson(Field field, String value) {
        return value + ".toString()";
    }

    @Override
    public String sentence(Field field) {
        return "The id of " + target.article() + " " + target.spoken();
    }

    @Override
    public String schema(Field field) {
        return "format = \"uuid\"";
    }

    @Override
    public String example(Field field) {
        return WrittenType.UUID.example(field);
    }

    @Override
    public String sample(Field field) {
        return "id(number)";
    }

    @Override
    public String other(Field field) {
        return "id(number + 1)";
    }

    @Override
    public List<String> kept(Field field) {
        return WrittenType.UUID.kept(field);
    }

    @Override
    public List<Broken> broken(Field field) {
        return WrittenType.UUID.broken(field);
    }

    @Override
    public List<String> unreadable() {
        return WrittenType.UUID.unreadable();
    }
}
