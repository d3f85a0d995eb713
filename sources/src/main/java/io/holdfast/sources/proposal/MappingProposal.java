package io.holdfast.sources.proposal;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.Constraints;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.sources.mapping.DeletionPolicy;
import io.holdfast.sources.mapping.DuplicatePolicy;
import io.holdfast.sources.mapping.HeaderHint;
import io.holdfast.sources.mapping.MappedField;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.Normalisation;
import io.holdfast.sources.mapping.RecordSource;
import io.holdfast.sources.mapping.Remarks;
import io.holdfast.sources.table.Column;
import io.holdfast.sources.table.ColumnType;
import io.holdfast.sources.table.Table;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A mapping that works for a sheet as it is, and why it is so. Immutable.
 *
 * @param remarks the reasons, as comments
 */
public record MappingProposal(Mapping mapping, Remarks remarks) {

    /** Columns of such names are tried first where several sets of the same size would be a key. */
    private static final Pattern NAMED_LIKE_A_KEY = Pattern.compile(
            ".*(^|[^\\p{L}])(id|no|nr|num|number|code|key|sku|uuid|ref)($|[^\\p{L}]).*|.*(番号|コード|ＩＤ).*",
            Pattern.CASE_INSENSITIVE);

    /**
     * What a proposal is about.
     *
     * @param about what the sheet is called, for people
     * @param target what the collection is called after
     * @param sheet to be named in the mapping; empty if it is the first visible one
     */
    public record Subject(String about, String target, Optional<String> sheet) {}

    /**
     * Proposes a mapping for a sheet.
     *
     * @param source the sheet as a source under a mapping; read once, and again where its first records do not settle the key
     * @throws HoldfastException SOURCE_FORMAT if the sheet has no columns, SOURCE_TOO_LARGE if it has more than a collection takes, and as
     *     {@link RecordSource#open}
     */
    public static MappingProposal of(Subject subject, Table table, Function<Mapping, RecordSource> source) {
        List<Column> columns = columns(subject.about(), table);
        FieldNames names = new FieldNames();
        List<MappedField> fields = new ArrayList<>();
        Map<String, List<String>> remarks = new HashMap<>();
        for (Column column : columns) {
            MappedField field = field(column, names.field(column.name(), column.index()), table);
            fields.add(field);
            remarks.put(field.name(), ColumnRemarks.of(column, field, table));
        }
        Mapping draft = new Mapping(
                FieldNames.collection(subject.target()),
                1,
                subject.sheet(),
                table.headerRow().isPresent() ? new HeaderHint.Found() : new HeaderHint.None(),
                ZoneOffset.UTC,
                fields,
                List.of(),
                DuplicatePolicy.QUARANTINE,
                DeletionPolicy.IGNORE,
                Optional.empty());
        List<String> key = new KeyFinder(likely(fields), KeyFinder.over(source.apply(draft)))
                .find()
                .orElse(List.of());
        Remarks all = new Remarks(
                ColumnRemarks.head(subject.about(), table),
                remarks,
                ColumnRemarks.left(table, columns),
                ColumnRemarks.key(key, table));
        return new MappingProposal(draft.withKey(key), all);
    }

    /** Those that hold something; all of a sheet that has a header only. */
    private static List<Column> columns(String about, Table table) {
        List<Column> columns = table.columns().stream()
                .filter(column -> column.type() != ColumnType.EMPTY || table.records() == 0)
                .toList();
        if (columns.isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.SOURCE_FORMAT,
                    "The sheet '" + table.sheet() + "' of " + about + " is empty; name another sheet, or fill it.");
        }
        if (columns.size() > Limits.FIELDS_MAX) {
            throw new HoldfastException(
                    ErrorCode.SOURCE_TOO_LARGE,
                    "The sheet '" + table.sheet() + "' of " + about + " has " + columns.size()
                            + " columns, and a collection at most " + Limits.FIELDS_MAX
                            + " fields; write a mapping that names the columns to take.");
        }
        return columns;
    }

    private static MappedField field(Column column, String name, Table table) {
        FieldType type = ProposedType.of(column);
        boolean required = table.records() > 0 && column.filled() == table.records();
        Constraints constraints = new Constraints(
                required, OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        Field field = Field.of(name, type).withConstraints(constraints);
        return new MappedField(
                column.name(), field, Set.of(Normalisation.TRIM), ProposedType.dates(column), Optional.empty());
    }

    /** The fields that may be part of a key, the likely ones first: named like keys, then whole numbers and texts, then amounts. */
    private static List<String> likely(List<MappedField> fields) {
        return fields.stream()
                .filter(field -> field.field().constraints().required())
                .filter(field -> field.field().type() != FieldType.Simple.REAL)
                .sorted(Comparator.comparingInt(MappingProposal::unlikeliness))
                .map(MappedField::name)
                .toList();
    }

    private static int unlikeliness(MappedField field) {
        if (NAMED_LIKE_A_KEY.matcher(field.column()).matches()) {
            return 0;
        }
        return field.field().type() instanceof FieldType.Decimal ? 2 : 1;
    }
}
