package io.holdfast.core.schema.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.SchemaInvalidException;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.Sensitivity;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordBindingTest {

    enum Mood {
        LOW,
        HIGH
    }

    @Collection("entries")
    @Indexed({"account", "at"})
    record Entry(
            @Id String id,
            @Named("account") @Length(80) @Indexed String owner,
            Instant at,
            @Nullable Duration took,
            @FullText Optional<String> notes,
            @Range(min = "0", max = "10") int potency,

            @Decimal(precision = 18, scale = 8) @Merge(MergeRule.SERVER)
            BigDecimal amount,

            @Merge(MergeRule.COUNTER) long views,
            @Merge(MergeRule.UNION) Set<String> tags,
            @Sensitive(Sensitivity.PERSONAL) Optional<Mood> mood,
            @Pattern("[A-Z]{3}") @Nullable String code,
            @OneOf({"a", "b"}) @Nullable String choice,
            @Nullable Double weight,
            boolean done,
            byte[] photo,
            @Nullable JsonText extra,
            @Merge(MergeRule.MAX) @Nullable Integer best) {}

    private static final RecordBinding<Entry> ENTRIES = RecordBinding.of(Entry.class);

    @Test
    void readsTheAnnotationsOfAClassOnce() {
        assertThat(RecordBinding.of(Entry.class)).isSameAs(ENTRIES);
    }

    @Test
    void declaresTheSameCollectionAsItsJson() {
        CollectionSchema collection = SchemaJson.read("""
                        { "name": "journal", "version": 1, "collections": { "entries": {
                            "fields": {
                                "account": {"type": "TEXT", "required": true, "maxLength": 80},
                                "at": {"type": "INSTANT", "required": true}, "took": {"type": "DURATION"},
                                "notes": {"type": "TEXT", "fullText": true},
                                "potency": {"type": "INTEGER", "required": true, "min": 0, "max": 10},
                                "amount": {"type": "DECIMAL(18,8)", "required": true, "merge": "SERVER"},
                                "views": {"type": "INTEGER", "merge": "COUNTER"}, "tags": {"type": "TEXT", "merge": "UNION"},
                                "mood": {"type": "TEXT", "oneOf": ["LOW", "HIGH"], "sensitivity": "PERSONAL"},
                                "code": {"type": "TEXT", "pattern": "[A-Z]{3}"}, "choice": {"type": "TEXT", "oneOf": ["a", "b"]},
                                "weight": {"type": "REAL"}, "done": {"type": "BOOLEAN", "required": true},
                                "photo": {"type": "BYTES", "required": true}, "extra": {"type": "JSON"},
                                "best": {"type": "INTEGER", "merge": "MAX", "min": -2147483648, "max": 2147483647} },
                            "indexes": [["account", "at"], ["account"]] } } }
                        """).collection("entries").orElseThrow();
        assertThat(ENTRIES.collection()).isEqualTo(collection);
        assertThat(RecordBinding.schema("journal", 1, ENTRIES).collections()).containsOnlyKeys("entries");
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        Gen<BigDecimal> amounts = Gens.decimals(18, 8);
        Property.of("bound records round-trip")
                .tries(500)
                .forAll(
                        Gens.texts(0, 20),
                        Gens.instants(),
                        amounts,
                        Gens.texts(0, 4).set(0, 3),
                        (text, at, amount, tags) -> {
                            Entry entry = new Entry(
                                    "id",
                                    text,
                                    at,
                                    text.isEmpty() ? null : Duration.between(Instant.EPOCH, at),
                                    Optional.of(text).filter(notes -> notes.length() > 3),
                                    text.length(),
                                    amount,
                                    text.length() * 7L,
                                    tags,
                                    Optional.of(Mood.HIGH).filter(mood -> tags.isEmpty()),
                                    tags.isEmpty() ? null : "ABC",
                                    "a",
                                    amount.doubleValue(),
                                    tags.isEmpty(),
                                    new byte[0],
                                    new JsonText("{ \"b\": 1.0, \"a\": [] }"),
                                    null);
                            Entry back = ENTRIES.read(ENTRIES.id(entry), reader(stored(ENTRIES.edits(entry))));
                            assertThat(back)
                                    .usingRecursiveComparison()
                                    .ignoringFields("photo")
                                    .isEqualTo(entry);
                            assertThat(back.photo()).isEqualTo(entry.photo());
                        });
    }

    @Test
    void nullClearsAFieldButNotALattice() {
        Map<String, FieldEdit> edits = ENTRIES.edits(entry("a", BigDecimal.ONE, null));
        assertThat(edits)
                .containsEntry("took", new FieldEdit.Assign(Value.NULL))
                .containsEntry("notes", new FieldEdit.Assign(Value.NULL))
                .containsEntry("views", new FieldEdit.Assign(new Value.Int(3)))
                .containsEntry("tags", new FieldEdit.Replace(Set.of("t")))
                .doesNotContainKeys("best", "id");
    }

    @Test
    void whatNobodyCountedIsZeroAndWhatNobodyAddedIsEmpty() {
        Map<String, Value> values = stored(ENTRIES.edits(entry("a", BigDecimal.ONE, 5)));
        values.put("views", Value.NULL);
        values.put("tags", Value.NULL);
        Entry entry = ENTRIES.read("x", reader(values));
        assertThat(entry.id()).isEqualTo("x");
        assertThat(entry.views()).isZero();
        assertThat(entry.tags()).isEmpty();
        assertThat(entry.best()).isEqualTo(5);
    }

    @Test
    void nothingIsRoundedAndAllMisfitsAreToldAtOnce() {
        Entry entry = new Entry(
                "id",
                "\0",
                Instant.EPOCH.plusNanos(1),
                Duration.ofNanos(1_500),
                Optional.empty(),
                0,
                new BigDecimal("0.123456789"),
                0,
                Set.of(),
                Optional.empty(),
                null,
                null,
                Double.NaN,
                false,
                new byte[0],
                null,
                null);
        RecordRefusedException refused = catchThrowableOfType(RecordRefusedException.class, () -> ENTRIES.edits(entry));
        assertThat(refused.violations())
                .extracting(Violation::field, Violation::code)
                .containsExactly(
                        tuple("account", ErrorCode.FIELD_TEXT),
                        tuple("at", ErrorCode.FIELD_PRECISION),
                        tuple("took", ErrorCode.FIELD_PRECISION),
                        tuple("amount", ErrorCode.FIELD_PRECISION),
                        tuple("weight", ErrorCode.FIELD_RANGE));
        assertThat(refused.code()).isEqualTo(ErrorCode.FIELD_TEXT);
        assertThatThrownBy(() -> ENTRIES.edits(entry("a", new BigDecimal("1e11"), null)))
                .isInstanceOf(RecordRefusedException.class)
                .hasMessageContaining("10 digits before the point");
        assertThat(ENTRIES.edits(entry("a", new BigDecimal("1E+2"), null)))
                .containsEntry("amount", new FieldEdit.Assign(new Value.Decimal(new BigDecimal("100.00000000"))));
    }

    @Test
    void saysWhichFieldCannotBeReadAndWhatToDo() {
        assertThat(failure("account", Value.NULL)).isEqualTo(ErrorCode.FIELD_REQUIRED);
        assertThat(failure("account", new Value.Int(1))).isEqualTo(ErrorCode.FIELD_TYPE);
        assertThat(failure("best", new Value.Int(1L << 31))).isEqualTo(ErrorCode.FIELD_RANGE);
        assertThat(failure("mood", new Value.Text("MIDDLING"))).isEqualTo(ErrorCode.FIELD_CHOICE);
    }

    @Collection("grades")
    record Grade(@Id String id, int grade) {
        Grade {
            if (grade > 5) {
                throw new IllegalArgumentException("no grade is above 5");
            }
        }
    }

    @Test
    void saysWhichRecordAConstructorRefusesAndWhatToDo() {
        RecordBinding<Grade> grades = RecordBinding.of(Grade.class);
        assertThat(grades.read("g5", field -> new Value.Int(5))).isEqualTo(new Grade("g5", 5));
        assertThatThrownBy(() -> grades.read("g6", field -> new Value.Int(6)))
                .hasMessage("The constructor of Grade refuses the record grades/g6 as it is stored"
                        + " (IllegalArgumentException). Read the record untyped and correct it, or let the constructor take"
                        + " what the schema allows.")
                .hasRootCauseMessage("no grade is above 5")
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        unfit -> assertThat(unfit.code()).isEqualTo(ErrorCode.RECORD_UNFIT));
        assertThatThrownBy(() -> grades.read("g7", field -> Value.NULL))
                .hasMessageContaining("The field grade of the record grades/g7");
    }

    record NoCollection(@Id String id, String a) {}

    @Collection("c")
    record NoId(String id) {}

    @Collection("c")
    record OddType(@Id String id, StringBuilder a) {}

    @Collection("c")
    record BareDecimal(@Id String id, BigDecimal a) {}

    @Collection("c")
    record BareSet(@Id String id, Set<String> a) {}

    @Collection("c")
    record RawOptional(@Id String id, Optional<Set<String>> a) {}

    @Collection("c")
    record BadIndex(@Id String id, @Indexed byte[] a) {}

    @Collection("C")
    record BadName(@Id String id, String a) {}

    @Test
    void refusesRecordsThatMakeNoCollection() {
        assertThatThrownBy(() -> RecordBinding.of(NoCollection.class)).hasMessageContaining("no @Collection");
        assertThatThrownBy(() -> RecordBinding.of(NoId.class)).hasMessageContaining("@Id");
        assertThatThrownBy(() -> RecordBinding.of(OddType.class)).hasMessageContaining("no field can hold");
        assertThatThrownBy(() -> RecordBinding.of(BareDecimal.class)).hasMessageContaining("@Decimal");
        assertThatThrownBy(() -> RecordBinding.of(BareSet.class)).hasMessageContaining("@Merge(UNION)");
        assertThatThrownBy(() -> RecordBinding.of(RawOptional.class)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordBinding.of(BadIndex.class)).isInstanceOf(SchemaInvalidException.class);
        assertThatThrownBy(() -> RecordBinding.of(BadName.class)).isInstanceOf(SchemaInvalidException.class);
        assertThatThrownBy(() -> RecordBinding.schema("s", 1, ENTRIES, ENTRIES)).hasMessageContaining("Two records");
    }

    private static Function<String, Value> reader(Map<String, Value> values) {
        return name -> values.getOrDefault(name, Value.NULL);
    }

    private static ErrorCode failure(String field, Value value) {
        Map<String, Value> values = stored(ENTRIES.edits(entry("a", BigDecimal.ONE, 5)));
        values.put(field, value);
        HoldfastException failure =
                catchThrowableOfType(HoldfastException.class, () -> ENTRIES.read("x", reader(values)));
        assertThat(failure).hasMessageContaining("The field " + field + " of the record entries/x ");
        return failure.code();
    }

    private static Entry entry(String account, BigDecimal amount, @Nullable Integer best) {
        return new Entry(
                "id",
                account,
                Instant.EPOCH,
                null,
                Optional.empty(),
                1,
                amount,
                3,
                Set.of("t"),
                Optional.empty(),
                null,
                null,
                null,
                true,
                new byte[] {1},
                null,
                best);
    }

    /** What a store holds after the edits of a new record. */
    private static Map<String, Value> stored(Map<String, FieldEdit> edits) {
        Map<String, Value> values = new TreeMap<>();
        ENTRIES.collection().fields().keySet().forEach(name -> values.put(name, Value.NULL));
        edits.forEach((name, edit) -> values.put(
                name,
                switch (edit) {
                    case FieldEdit.Assign assign
                    when name.equals("views") && assign.value() instanceof Value.Int number ->
                        CounterValue.zero(0).add(1, number.number());
                    case FieldEdit.Assign assign -> assign.value();
                    case FieldEdit.Replace replace -> {
                        SetValue set = SetValue.EMPTY;
                        for (String element : replace.elements()) {
                            set = set.add(element, 1, 1);
                        }
                        yield set;
                    }
                    case FieldEdit.Add ignored -> throw new AssertionError(edit);
                    case FieldEdit.Amend ignored -> throw new AssertionError(edit);
                }));
        return values;
    }

    @Collection("unnamed")
    record Unnamed(@Id @Nullable String id, Optional<String> note) {}

    @Test
    void aRecordWithoutAnIdHasNoIdCalledNull() {
        RecordBinding<Unnamed> binding = RecordBinding.of(Unnamed.class);
        assertThat(binding.id(new Unnamed("null", Optional.empty()))).isEqualTo("null");
        RecordRefusedException refused = catchThrowableOfType(
                RecordRefusedException.class, () -> binding.id(new Unnamed(null, Optional.empty())));
        assertThat(refused.violations()).extracting(Violation::code).containsExactly(ErrorCode.RECORD_ID);
    }
}
