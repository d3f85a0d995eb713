package io.holdfast.store.query;

import io.holdfast.core.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * What records must satisfy. A condition is true or false of every record, never unknown: comparing an empty field is
 * false, and {@link Not} is true exactly where its condition is false, empty fields included. {@code id} is a TEXT field of
 * every collection. Immutable.
 */
public sealed interface Condition {

    /** How a field compares with a value. */
    enum Operator {
        EQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST
    }

    /** Every record. */
    record Always() implements Condition {}

    /** The field's value compares so with another of its kind; numbers of any kind compare with numeric fields. */
    record Comparison(String field, Operator operator, Value value) implements Condition {}

    /**
     * The field's value is one of these.
     *
     * @param values at most {@value Query#VALUES_MAX}
     */
    record In(String field, List<Value> values) implements Condition {
        /** Copies. */
        public In {
            values = List.copyOf(values);
        }
    }

    /** The text begins so, byte for byte. */
    record Prefix(String field, String prefix) implements Condition {}

    /** The field holds nothing. */
    record Empty(String field) implements Condition {}

    /** The UNION has this element. */
    record Contains(String field, String element) implements Condition {}

    /**
     * Full text: every word of {@code words} occurs, in any of the covered fields and in any order, whatever its case and
     * accents. A word that ends in {@code *} is the beginning of one. Nothing else in the text has a meaning; a word without
     * letters and digits, as in "rock & roll", is passed over, and nothing matches if there is no other.
     *
     * @param field the only field to look in; empty for all that text search covers
     */
    record Matches(Optional<String> field, String words) implements Condition {}

    /** All of them; every record if there are none. */
    record And(List<Condition> all) implements Condition {
        /** Copies. */
        public And {
            all = List.copyOf(all);
        }
    }

    /** One of them; no record if there are none. */
    record Or(List<Condition> any) implements Condition {
        /** Copies. */
        public Or {
            any = List.copyOf(any);
        }
    }

    /** Exactly the other records. */
    record Not(Condition condition) implements Condition {}

    /** Every record. */
    static Condition always() {
        return new Always();
    }

    /** The field holds this value. */
    static Condition eq(String field, Object value) {
        return new Comparison(field, Operator.EQUAL, Values.of(value));
    }

    /** The field does not hold this value; also if it is empty. */
    static Condition ne(String field, Object value) {
        return eq(field, value).not();
    }

    /** The field's value is before this one. */
    static Condition lt(String field, Object value) {
        return new Comparison(field, Operator.LESS, Values.of(value));
    }

    /** The field's value is this one or before it. */
    static Condition le(String field, Object value) {
        return new Comparison(field, Operator.AT_MOST, Values.of(value));
    }

    /** The field's value is after this one. */
    static Condition gt(String field, Object value) {
        return new Comparison(field, Operator.GREATER, Values.of(value));
    }

    /** The field's value is this one or after it. */
    static Condition ge(String field, Object value) {
        return new Comparison(field, Operator.AT_LEAST, Values.of(value));
    }

    /** From one value to another, both included. */
    static Condition between(String field, Object from, Object to) {
        return ge(field, from).and(le(field, to));
    }

    /** The field's value is one of these. */
    static Condition in(String field, List<?> values) {
        return new In(field, values.stream().map(Values::of).toList());
    }

    /** The text begins so. */
    static Condition prefix(String field, String prefix) {
        return new Prefix(field, prefix);
    }

    /** The field holds nothing. */
    static Condition isNull(String field) {
        return new Empty(field);
    }

    /** The UNION has this element. */
    static Condition contains(String field, String element) {
        return new Contains(field, element);
    }

    /** Full text over every covered field. */
    static Condition matches(String words) {
        return new Matches(Optional.empty(), words);
    }

    /** Full text in one field. */
    static Condition matches(String field, String words) {
        return new Matches(Optional.of(field), words);
    }

    /** This and the other. */
    default Condition and(Condition other) {
        return new And(List.of(this, other));
    }

    /** This or the other. */
    default Condition or(Condition other) {
        return new Or(List.of(this, other));
    }

    /** Exactly the other records. */
    default Condition not() {
        return new Not(this);
    }
}
