package io.holdfast.simulation.world;

import io.holdfast.core.schema.Constraints;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The values that a world writes into one field: they satisfy its constraints, unless they are asked not to. Immutable. */
final class FieldValues {

    /** Most different numbers, elements and choices: few, so that devices write the same ones. */
    private static final int DIFFERENT = 100;

    private static final int LENGTH_MAX = 32;
    private static final List<String> GUESSES = List.of(
            "a",
            "A",
            "1",
            "ab",
            "AB",
            "12",
            "abc",
            "ABC",
            "123",
            "2026-11-20",
            "1234",
            "12345",
            "ann@example.org",
            "https://example.org/",
            "123456",
            "+491701234567",
            "a-b",
            "AB-123",
            "00000000-0000-4000-8000-000000000000");

    private final String path;
    private final Field field;
    private final List<String> texts;
    private final long least;
    private final long numbers;

    /**
     * The values of a field.
     *
     * @param path {@code collection.field}
     * @param samples texts to write, for fields whose pattern is beyond guessing; else empty
     */
    FieldValues(String path, Field field, List<String> samples) {
        this.path = path;
        this.field = field;
        Constraints constraints = field.constraints();
        this.texts = texts(constraints, samples);
        this.least = constraints
                .min()
                .map(min -> units(min, RoundingMode.CEILING))
                .orElseGet(() -> constraints
                        .max()
                        .map(max -> units(max, RoundingMode.FLOOR) - DIFFERENT + 1)
                        .filter(below -> below < 0)
                        .orElse(0L));
        long most = constraints.max().map(max -> units(max, RoundingMode.FLOOR)).orElse(least + DIFFERENT - 1);
        this.numbers = Math.clamp(most - least + 1, 1, DIFFERENT);
    }

    private static List<String> texts(Constraints constraints, List<String> samples) {
        if (!samples.isEmpty()) {
            return List.copyOf(samples);
        }
        if (!constraints.oneOf().isEmpty()) {
            return constraints.oneOf();
        }
        return constraints
                .pattern()
                .map(Pattern::compile)
                .map(pattern -> GUESSES.stream()
                        .filter(guess -> pattern.matcher(guess).matches())
                        .filter(guess ->
                                guess.length() <= constraints.maxLength().orElse(LENGTH_MAX))
                        .toList())
                .orElse(List.of());
    }

    private long units(BigDecimal bound, RoundingMode rounding) {
        BigDecimal units = bound.movePointRight(field.scale()).setScale(0, rounding);
        return units.max(BigDecimal.valueOf(-1L << 52))
                .min(BigDecimal.valueOf(1L << 52))
                .longValue();
    }

    /** Why no value of the field is known that satisfies its constraints; empty if one is. */
    Optional<String> unknown() {
        boolean guessed = field.constraints().pattern().isPresent() && texts.isEmpty();
        return guessed
                ? Optional.of("no text is known that fits the pattern of " + path + ": give some as its samples")
                : Optional.empty();
    }

    /** Whether every text written is unlike any other, so that it can be followed. */
    boolean unique() {
        return field.type() == FieldType.Simple.TEXT
                && texts.isEmpty()
                && field.constraints().maxLength().orElse(LENGTH_MAX) >= Workload.TEXT_MAX;
    }

    /** The number of a kind that is allowed. */
    Value number(int variant) {
        long units = least + Math.floorMod(variant, numbers);
        return field.type() instanceof FieldType.Decimal decimal
                ? new Value.Decimal(BigDecimal.valueOf(units, decimal.scale()))
                : new Value.Int(units);
    }

    /** The element of a set, or a text that is not followed. */
    String text(int variant) {
        if (!texts.isEmpty()) {
            return texts.get(Math.floorMod(variant, texts.size()));
        }
        String text = "e" + variant % 4;
        return text.substring(text.length() - Math.min(text.length(), lengthMax()));
    }

    /** Any allowed value but a followed text. */
    Value value(int variant) {
        return switch (field.type()) {
            case FieldType.Decimal ignored -> number(variant);
            case FieldType.Simple simple ->
                switch (simple) {
                    case TEXT -> new Value.Text(text(variant));
                    case INTEGER -> number(variant);
                    case REAL -> real(variant);
                    case BOOLEAN -> new Value.Bool(variant % 2 == 0);
                    case INSTANT -> new Value.Time(variant * 1_000_000L);
                    case DURATION -> new Value.Span(variant * 1_000L);
                    case BYTES -> new Value.Bytes(new byte[Math.min(variant, lengthMax())]);
                    case JSON -> json(variant);
                };
        };
    }

    private Value real(int variant) {
        double least = field.constraints().min().map(BigDecimal::doubleValue).orElse(0.0);
        double most = field.constraints().max().map(BigDecimal::doubleValue).orElse(least + 2);
        return new Value.Real(least + (most - least) * (variant % 16) / 16);
    }

    private Value json(int variant) {
        String object = "{\"v\":" + variant + "}";
        return new Value.Json(object.length() <= lengthMax() ? object : String.valueOf(variant % 10));
    }

    private int lengthMax() {
        return field.constraints().maxLength().orElse(LENGTH_MAX);
    }

    /** A value that breaks a constraint of the field; empty if it has none to break. */
    Optional<Value> broken() {
        Constraints constraints = field.constraints();
        if (field.type() == FieldType.Simple.TEXT
                && (!constraints.oneOf().isEmpty() || constraints.pattern().isPresent())) {
            return Optional.of(new Value.Text("\u2205"));
        }
        if (field.type() == FieldType.Simple.INTEGER && constraints.max().isPresent()) {
            return Optional.of(new Value.Int(units(constraints.max().get(), RoundingMode.FLOOR) + 1));
        }
        return constraints.required() ? Optional.of(Value.NULL) : Optional.empty();
    }
}
