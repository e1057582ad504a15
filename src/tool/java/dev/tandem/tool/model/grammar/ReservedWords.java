package dev.tandem.tool.model.grammar;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** Names that a model or a field cannot have, because they mean something else where they would stand. */
final class ReservedWords {

    /** PostgreSQL's, as far as Java's are not among them: they would need quotes in every statement. */
    private static final Set<String> OF_SQL = words("""
            all analyse analyze and any array as asc asymmetric authorization between binary both cast check collate
            collation column concurrently constraint create cross current_catalog current_date current_role current_schema
            current_time current_timestamp current_user deferrable desc distinct end except exists extract false fetch
            foreign freeze from full grant group grouping having ilike in initially inner intersect into is isnull join
            lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order
            outer overlaps overlay placing position primary references returning right select session_user similar some
            substring symmetric system_user table tablesample then to trailing trim true union unique user using values
            variadic verbose when where window with xmltable row treat coalesce greatest least nullif interval timestamp
            time numeric decimal integer boolean character varchar none setof out inout normalize precision real smallint
            bigint bit dec nchar national xmlparse xmlroot json json_array json_object json_scalar json_serialize
            json_exists json_query json_value json_table merge_action
            """);

    /** The columns of every model, and those that PostgreSQL's tables have. */
    private static final Set<String> OF_ROWS = words("""
            id version createdAt updatedAt ctid oid xmin xmax cmin cmax tableoid
            """);

    /** Methods that every object has, and names that the generated code gives to other things. */
    private static final Set<String> OF_CODE = words("""
            clone finalize getClass hashCode notify notifyAll toString wait equals changedTo draft violations now
            identities index item row other patched described number persist persistAndFlush delete flush persistent
            isPersistent toDraft of
            """);

    /** Classes that the generated code uses by their simple names. */
    private static final Set<String> OF_CLASSES = words("""
            Aggregate Api Arguments BeanParam BigDecimal Choice Collections Column Conditions ConstraintRefusal Consumes
            Cursors Database Entity Function Functions HttpHeaders Id IdempotentPosts Identities Ids Index Inject Instant
            JdbcTypeCode JsonNode Links List LocalDate LockModeType Map MediaType MergePatch Metadata MetadataRules Noun
            NullMarked Nullable Objects Operation Page PageView Pages Paging PanacheEntityBase Parameter PatchReader Path
            PgForeignKey Precondition Produces Refusal Requires Response ResponseBuilder RestPath RestResponse Right
            Samples Schema SchemaType Service Set Singleton Sort SqlTypes Stream Table Tag Test TextRules URI UUID Uni
            UniqueConstraint UnitOfWork UriInfo Values Violation Violations Walk Waiting Request View Resource Repository
            Mapper Factory Draft Patch Derivation DocumentDraft FoundRecords HitView OfKind Preferences Projections
            RequestKind RestHeader SearchDraft SearchRequest Shown WriteAnswers
            """);

    /** Packages that say nothing, and rooms. */
    private static final Set<String> OF_FOLDERS = words("""
            util utils common helper helpers misc impl dto model base api service factory domain repository database
            embedding sync work remote init testing house tool bench bad
            """);

    private ReservedWords() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    static boolean isForColumn(String column) {
        return OF_SQL.contains(column);
    }

    static boolean isForField(String name) {
        return SourceVersion.isKeyword(name)
                || Set.of("record", "sealed", "permits", "yield", "var", "when", "with")
                        .contains(name)
                || OF_ROWS.contains(name)
                || OF_CODE.contains(name);
    }

    static boolean isForModel(String word, String type, String folder) {
        return isForField(word) || OF_CLASSES.contains(type) || isOfJava(type) || OF_FOLDERS.contains(folder);
    }

    private static boolean isOfJava(String type) {
        try {
            Class.forName("java.lang." + type, false, ReservedWords.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }
}
