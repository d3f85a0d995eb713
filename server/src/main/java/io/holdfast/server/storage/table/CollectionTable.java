package io.holdfast.server.storage.table;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.record.StateCodec;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.sql.ColumnType;
import io.holdfast.server.storage.sql.Dialect;
import io.holdfast.server.storage.sql.SqlColumn;
import io.holdfast.server.storage.sql.SqlTable;
import io.holdfast.server.storage.sql.Watched;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The typed table of one collection: states to rows and back. Immutable. */
public final class CollectionTable {

    private static final SqlColumn ID = new SqlColumn("id", ColumnType.of(ColumnType.Kind.TEXT));

    private final String collection;
    private final List<FieldColumn> columns;
    private final List<FieldColumn> whole;
    private final Set<String> wholeFields;
    private final SqlTable table;
    private final SqlTable before;

    CollectionTable(String collection, String name, List<FieldColumn> columns) {
        this.collection = collection;
        this.columns = List.copyOf(columns);
        this.whole = columns.stream().filter(column -> column.kind().isWhole()).toList();
        this.wholeFields = whole.stream().map(FieldColumn::field).collect(Collectors.toUnmodifiableSet());
        this.table = new SqlTable(
                name, List.of(ID), columns.stream().map(FieldColumn::column).toList());
        this.before = new SqlTable(TableNames.before(collection), table.key(), table.values());
    }

    /** The collection's name. */
    public String collection() {
        return collection;
    }

    /** The table to write to: scope, id, then the fields. */
    public SqlTable table() {
        return table;
    }

    /** The column of a field, if the table has it. */
    public Optional<SqlColumn> column(String field) {
        return columns.stream()
                .filter(column -> column.field().equals(field))
                .map(FieldColumn::column)
                .findFirst();
    }

    /** Where rows are kept as they were before another program wrote them: the same columns. */
    public SqlTable before() {
        return before;
    }

    /** Both tables, for the triggers. */
    Watched watched() {
        return new Watched(collection, table, before);
    }

    List<FieldColumn> columns() {
        return columns;
    }

    /**
     * A state split in two.
     *
     * @param row for {@link #table}
     * @param meta what the row does not hold, for {@link StateCodec#decode(byte[], java.util.SortedMap)}
     * @param bytes what both take, about
     */
    public record Split(@Nullable Object[] row, byte[] meta, int bytes) {}

    /** Splits the state of a live record. */
    public Split split(RecordKey key, RecordState state) {
        @Nullable Object[] row = new Object[1 + columns.size()];
        row[0] = key.id();
        Set<String> standing = wholeFields;
        int bytes = 0;
        for (int i = 0; i < columns.size(); i++) {
            FieldColumn column = columns.get(i);
            Value value = state.value(column.field());
            Object carrier = column.carrier(value);
            row[1 + i] = carrier;
            bytes += Sizes.of(carrier);
            if (carrier == null && !value.isNull() && standing.contains(column.field())) {
                standing = new HashSet<>(standing);
                standing.remove(column.field());
            }
        }
        byte[] meta = StateCodec.encode(state, standing);
        return new Split(row, meta, bytes + meta.length);
    }

    /**
     * The text over which the engine itself digests the contents of a row, if it can.
     *
     * @param fields with plain values
     */
    public Optional<String> contentText(Dialect dialect, String qualifier, List<String> fields) {
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            Optional<String> part = dialect.contentPart(qualifier, plain(field));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            text.append(" || ").append(part.get());
        }
        String id = qualifier + ".id";
        return Optional.of("octet_length(" + id + ")::text || ':' || " + id + " || ';'" + text);
    }

    /** The column of a field that has plain values, as it stands in a statement. */
    public String plainColumn(String qualifier, String field) {
        return qualifier + "." + plain(field).quoted();
    }

    private SqlColumn plain(String field) {
        return whole.stream()
                .filter(column -> column.field().equals(field))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(collection + " has no column with plain values for " + field))
                .column();
    }

    /** The columns that {@link #values} reads, for the list of a query. */
    public String wholeList(Dialect dialect, String qualifier) {
        return list(whole, dialect, qualifier);
    }

    /** The columns that {@link #actual} reads, for the list of a query. */
    public String actualList(Dialect dialect, String qualifier) {
        return list(columns, dialect, qualifier);
    }

    private static String list(List<FieldColumn> columns, Dialect dialect, String qualifier) {
        return columns.stream()
                .map(column -> ", " + dialect.selected(qualifier, column.column()))
                .collect(Collectors.joining());
    }

    /** Which columns hold anything at all, for the list of a query, behind {@link #actualList}. */
    public String presenceList(String qualifier) {
        return columns.stream()
                .map(column -> ", " + qualifier + "." + column.column().quoted() + " IS NOT NULL")
                .collect(Collectors.joining());
    }

    /** Reads {@link #presenceList}, which stands behind an {@link #actualList} that begins at an index of the row. */
    public boolean[] presence(ResultSet row, int first) throws SQLException {
        boolean[] present = new boolean[columns.size()];
        for (int i = 0; i < present.length; i++) {
            present[i] = row.getBoolean(first + columns.size() + i);
        }
        return present;
    }

    /** Reads {@link #wholeList}, which begins at an index of the row: the values that are there. */
    public TreeMap<String, Value> values(Dialect dialect, ResultSet row, int first) throws SQLException {
        TreeMap<String, Value> values = new TreeMap<>();
        for (int i = 0; i < whole.size(); i++) {
            FieldColumn column = whole.get(i);
            Value value =
                    column.value(dialect.read(row, first + i, column.column().type()));
            if (!value.isNull()) {
                values.put(column.field(), value);
            }
        }
        return values;
    }

    /** Reads {@link #actualList}, which begins at an index of the row. */
    public ActualRow actual(Dialect dialect, ResultSet row, int first) throws SQLException {
        @Nullable Object[] carriers = new Object[columns.size()];
        for (int i = 0; i < carriers.length; i++) {
            carriers[i] = dialect.read(row, first + i, columns.get(i).column().type());
        }
        return new ActualRow(columns, carriers);
    }
}
