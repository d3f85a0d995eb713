package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.WellFormedText;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Condition.Operator;
import io.holdfast.store.query.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A condition as SQL. Values and words are always arguments, never part of the text; names are quoted and known. For one
 * condition; not thread-safe.
 */
final class ConditionSql {

    private static final String NEVER = "0";

    private final CollectionTable table;
    private final List<Object> arguments = new ArrayList<>();
    private int parts;

    ConditionSql(CollectionTable table) {
        this.table = table;
    }

    /** The values of the question marks, in order. */
    List<Object> arguments() {
        return arguments;
    }

    /** @throws HoldfastException QUERY_INVALID */
    String of(Condition condition) {
        return sql(condition, 0);
    }

    private String sql(Condition condition, int depth) {
        if (++parts > Query.PARTS_MAX || depth > Query.PARTS_MAX) {
            throw invalid("The condition has more than " + Query.PARTS_MAX + " parts. Simplify it.");
        }
        return switch (condition) {
            case Condition.Always ignored -> "1";
            case Condition.Comparison comparison -> comparison(comparison);
            case Condition.In in -> in(in);
            case Condition.Prefix prefix -> prefix(prefix);
            case Condition.Empty empty -> column(empty.field()).sql() + " IS NULL";
            case Condition.Contains contains -> contains(contains);
            case Condition.Matches matches -> matches(matches);
            case Condition.And and -> joined(and.all(), " AND ", "1", depth);
            case Condition.Or or -> joined(or.any(), " OR ", NEVER, depth);
            // Comparing an empty field is unknown to SQL and false to us.
            case Condition.Not not -> "NOT coalesce(" + sql(not.condition(), depth + 1) + ", 0)";
        };
    }

    private String joined(List<Condition> conditions, String by, String none, int depth) {
        return conditions.isEmpty()
                ? none
                : conditions.stream()
                        .map(condition -> sql(condition, depth + 1))
                        .collect(Collectors.joining(by, "(", ")"));
    }

    private String comparison(Condition.Comparison comparison) {
        Column column = column(comparison.field());
        Operator operator = comparison.operator();
        boolean ordered = comparable(column);
        if (!ordered && operator != Operator.EQUAL) {
            throw invalid("The field " + comparison.field() + " has no order. Compare it for equality only.");
        }
        if (numeric(column)) {
            return number(column, operator, numberOf(column, comparison.value()));
        }
        arguments.add(stored(column, comparison.value()));
        return column.sql() + sign(operator) + "?";
    }

    private static String sign(Operator operator) {
        return switch (operator) {
            case EQUAL -> " = ";
            case LESS -> " < ";
            case AT_MOST -> " <= ";
            case GREATER -> " > ";
            case AT_LEAST -> " >= ";
        };
    }

    private String number(Column column, Operator operator, BigDecimal number) {
        NumberBound bound = NumberBound.of(column, number);
        BigInteger unit = bound.unit(operator);
        int beyond = bound.beyond(unit);
        if (operator == Operator.EQUAL && (!bound.exact() || beyond != 0)) {
            return NEVER;
        }
        if (beyond != 0) {
            boolean below = operator == Operator.LESS || operator == Operator.AT_MOST;
            return below == beyond > 0 ? column.sql() + " IS NOT NULL" : NEVER;
        }
        arguments.add(bound.stored(unit));
        return column.sql() + sign(operator) + "?";
    }

    private String in(Condition.In in) {
        if (in.values().size() > Query.VALUES_MAX) {
            throw invalid("A list has at most " + Query.VALUES_MAX + " values. Ask in several queries.");
        }
        Column column = column(in.field());
        List<Object> wanted = new ArrayList<>();
        for (Value value : in.values()) {
            if (numeric(column)) {
                NumberBound bound = NumberBound.of(column, numberOf(column, value));
                if (bound.exact() && bound.beyond(bound.above()) == 0) {
                    wanted.add(bound.stored(bound.above()));
                }
            } else {
                wanted.add(stored(column, value));
            }
        }
        arguments.addAll(wanted);
        return wanted.isEmpty()
                ? NEVER
                : wanted.stream().map(value -> "?").collect(Collectors.joining(",", column.sql() + " IN (", ")"));
    }

    private String prefix(Condition.Prefix prefix) {
        Column column = column(prefix.field());
        if (column.field().type() != FieldType.Simple.TEXT || column.lattice()) {
            throw invalid("The field " + prefix.field() + " is no TEXT; only texts have a beginning.");
        }
        if (prefix.prefix().isEmpty()) {
            return column.sql() + " IS NOT NULL";
        }
        if (!WellFormedText.isWellFormed(prefix.prefix())) {
            return NEVER;
        }
        arguments.add(prefix.prefix());
        Optional<String> end = endOf(prefix.prefix());
        end.ifPresent(arguments::add);
        return end.isPresent() ? "(" + column.sql() + " >= ? AND " + column.sql() + " < ?)" : column.sql() + " >= ?";
    }

    /** The least text after all that begin so; bytewise order of UTF-8 is the order of code points. */
    private static Optional<String> endOf(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                int next = points[last] + 1;
                points[last] = next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
                return Optional.of(new String(points, 0, last + 1));
            }
        }
        return Optional.empty();
    }

    private String contains(Condition.Contains contains) {
        Column column = column(contains.field());
        if (column.field().merge() != MergeRule.UNION) {
            throw invalid("The field " + contains.field() + " is no UNION; only unions have elements.");
        }
        if (!WellFormedText.isWellFormed(contains.element())) {
            return NEVER;
        }
        arguments.add(contains.element());
        return "EXISTS (SELECT 1 FROM json_each(" + table.sql() + "." + column.sql() + ") AS _e WHERE _e.value = ?)";
    }

    private String matches(Condition.Matches matches) {
        if (!table.text().present()) {
            throw invalid("The collection " + table.schema().name()
                    + " has no full text. Mark a field as fullText in its schema.");
        }
        List<String> words = Arrays.stream(matches.words().split("[\\s\\p{Cntrl}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            throw invalid("There is nothing to search for. Give at least one word.");
        }
        String where = matches.field()
                .map(this::wordsColumn)
                .map(name -> "{" + name + "} : ")
                .orElse("");
        // Side by side they mean AND, but one without a letter or a digit is passed over instead of matching nothing.
        arguments.add(where + words.stream().map(ConditionSql::phrase).collect(Collectors.joining(" ", "(", ")")));
        return TextTable.ROW + " IN (SELECT rowid FROM " + table.text().sql() + " WHERE "
                + table.text().sql() + " MATCH ?)";
    }

    private String wordsColumn(String field) {
        Column column = column(field);
        if (!column.field().fullText()) {
            throw invalid("Full text does not cover the field " + field + ". Mark it as fullText in the schema.");
        }
        return TextTable.wordsColumn(column);
    }

    /** A word as an FTS5 string, in which nothing but a quotation mark has a meaning. */
    private static String phrase(String word) {
        boolean beginning = word.length() > 1 && word.endsWith("*");
        String text = beginning ? word.substring(0, word.length() - 1) : word;
        return '"' + text.replace("\"", "\"\"") + '"' + (beginning ? "*" : "");
    }

    private Column column(String field) {
        return column(table, field);
    }

    /** The column of a field, {@code id} included. */
    static Column column(CollectionTable table, String field) {
        if (field.equals("id")) {
            return new Column(Field.of("id", FieldType.Simple.TEXT));
        }
        return table.column(field)
                .orElseThrow(() -> invalid(
                        "The collection " + table.schema().name() + " has no field " + field + ". Check the name."));
    }

    /** Whether the column's values have an order that people know. */
    static boolean comparable(Column column) {
        return column.field().type() != FieldType.Simple.JSON && column.field().merge() != MergeRule.UNION;
    }

    private static boolean numeric(Column column) {
        return column.field().merge() != MergeRule.UNION
                && (column.field().type() == FieldType.Simple.INTEGER
                        || column.field().type() instanceof FieldType.Decimal);
    }

    private static BigDecimal numberOf(Column column, Value value) {
        return NumberBound.number(value).orElseThrow(() -> unlike(column));
    }

    private static Object stored(Column column, Value value) {
        Optional<BigDecimal> number = NumberBound.number(value);
        if (column.field().type() == FieldType.Simple.REAL && number.isPresent()) {
            return number.get().doubleValue();
        }
        Object stored = column.field().merge() == MergeRule.UNION ? null : column.stored(value);
        if (stored == null) {
            throw unlike(column);
        }
        return stored;
    }

    private static HoldfastException unlike(Column column) {
        return invalid(
                "The field " + column.field().name() + " is " + column.field().type()
                        + (column.field().merge() == MergeRule.UNION ? " UNION" : "")
                        + " and does not compare with that value. Compare it with one of its own type.");
    }

    static HoldfastException invalid(String sentence) {
        return new HoldfastException(ErrorCode.QUERY_INVALID, sentence);
    }
}
