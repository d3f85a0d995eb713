package io.holdfast.core.schema.binding;

import io.holdfast.core.schema.Constraints;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Sensitivity;
import io.holdfast.core.schema.binding.Component.Shape;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads what a component and its annotations say about a field. */
final class ComponentReader {

    private final RecordComponent component;

    private ComponentReader(RecordComponent component) {
        this.component = component;
    }

    /** @throws IllegalArgumentException if no field can be made of it */
    static Component read(RecordComponent component) {
        return new ComponentReader(component).read();
    }

    private Component read() {
        Shape shape = shape();
        MergeRule merge = annotation(Merge.class).map(Merge::value).orElse(MergeRule.LAST_WRITE);
        if (shape == Shape.SET != (merge == MergeRule.UNION)) {
            throw refused("is a Set<String> if and only if it is @Merge(UNION)");
        }
        Converters.Bound bound = Converters.of(content(shape), digits())
                .orElseThrow(() ->
                        refused("has a type no field can hold; use String, long, int, double, boolean, BigDecimal with"
                                + " @Decimal, Instant, Duration, byte[], an enum, JsonText, or Optional of these"));
        Field field = new Field(
                name(component),
                bound.type(),
                merge,
                annotation(Sensitive.class).map(Sensitive::value).orElse(Sensitivity.INTERNAL),
                constraints(shape, merge, bound),
                annotation(FullText.class).isPresent());
        return new Component(field, shape, erased(bound.converter()));
    }

    /** The name of the field that a component stands for. */
    static String name(RecordComponent component) {
        Named named = component.getAnnotation(Named.class);
        return named == null ? component.getName() : named.value();
    }

    private Shape shape() {
        if (component.getType() == Optional.class) {
            return Shape.OPTIONAL;
        }
        if (component.getType() == Set.class) {
            return Shape.SET;
        }
        return isNullable() ? Shape.NULLABLE : Shape.PLAIN;
    }

    /** Any annotation of that name will do, as for other tools that read them. */
    private boolean isNullable() {
        return Stream.of(component.getAnnotatedType().getAnnotations(), component.getAnnotations())
                .flatMap(Arrays::stream)
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    private Class<?> content(Shape shape) {
        return switch (shape) {
            case PLAIN, NULLABLE ->
                MethodType.methodType(component.getType()).wrap().returnType();
            case OPTIONAL, SET -> argument();
        };
    }

    private Class<?> argument() {
        if (component.getGenericType() instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            if (argument instanceof Class<?> type && (component.getType() != Set.class || type == String.class)) {
                return type;
            }
        }
        throw refused("is an Optional of a class, or a Set<String>");
    }

    private Optional<FieldType.Decimal> digits() {
        return annotation(Decimal.class).map(digits -> new FieldType.Decimal(digits.precision(), digits.scale()));
    }

    private Constraints constraints(Shape shape, MergeRule merge, Converters.Bound bound) {
        boolean required = shape == Shape.PLAIN && merge != MergeRule.COUNTER;
        List<String> choices =
                annotation(OneOf.class).map(choice -> List.of(choice.value())).orElse(bound.choices());
        return new Constraints(
                required,
                annotation(Length.class)
                        .map(length -> OptionalInt.of(length.value()))
                        .orElse(OptionalInt.empty()),
                bound(annotation(Range.class).map(Range::min), Integer.MIN_VALUE),
                bound(annotation(Range.class).map(Range::max), Integer.MAX_VALUE),
                annotation(Pattern.class).map(Pattern::value),
                choices);
    }

    /** An {@code int} is bounded by its own range, so that no other writer stores what it cannot read back. */
    private Optional<BigDecimal> bound(Optional<String> declared, int ofInt) {
        Optional<BigDecimal> bound =
                declared.filter(Predicate.not(String::isEmpty)).map(BigDecimal::new);
        boolean narrow = component.getType() == int.class || component.getType() == Integer.class;
        return bound.isEmpty() && narrow ? Optional.of(BigDecimal.valueOf(ofInt)) : bound;
    }

    private <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return Optional.ofNullable(component.getAnnotation(type));
    }

    private IllegalArgumentException refused(String rule) {
        return new IllegalArgumentException("The component " + component.getName() + " of "
                + component.getDeclaringRecord().getName() + " " + rule + ".");
    }

    /** The converter was chosen by the component's own type, so the objects it meets are of that type. */
    @SuppressWarnings("unchecked")
    private static Converter<Object> erased(Converter<?> converter) {
        return (Converter<Object>) converter;
    }
}
