package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.Limits;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.document.Document;
import io.holdfast.core.document.DocumentReader;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.Layer;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.Value;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Query;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

    static final Schema SCHEMA = SchemaJson.read("""
            { "name": "journal", "version": 1, "collections": {
                "entries": { "fields": { "account": {"type": "TEXT", "required": true, "maxLength": 20},
                    "potency": {"type": "INTEGER", "min": 0, "max": 10}, "amount": {"type": "DECIMAL(18,8)"},
                    "views": {"type": "INTEGER", "merge": "COUNTER"}, "tags": {"type": "TEXT", "merge": "UNION"} },
                    "indexes": [["account", "potency"]] },
                "plain": { "fields": { "a": {"type": "TEXT"}, "b": {"type": "TEXT"} } } } }
            """);

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-11-20T08:00:00Z");
    private final StoreOptions options = StoreOptions.defaults()
            .withClock(clock)
            .withRandom(new SeededRandom(1))
            .withTransactionTimeout(Duration.ofSeconds(2));
    private Store store;
    private Records entries;

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("a.holdfast"), SCHEMA, "ann", options);
        entries = store.collection("entries");
    }

    @AfterEach
    void close() {
        store.close();
        assertThat(reopenedAccountIsBalanced()).isTrue();
    }

    private boolean reopenedAccountIsBalanced() {
        try (Store again = Store.open(folder.resolve("a.holdfast"), options)) {
            return again.review().account().balanced();
        }
    }

    private static Map<String, FieldEdit> account(String name) {
        return Map.of("account", assign(name));
    }

    private static FieldEdit assign(String text) {
        return new FieldEdit.Assign(new Value.Text(text));
    }

    private static FieldEdit assign(long number) {
        return new FieldEdit.Assign(new Value.Int(number));
    }

    private Document document(String json) {
        return (Document) new DocumentReader(SCHEMA.collection("entries").orElseThrow()).read(json);
    }

    @Test
    void whatIsPutIsReadBackAndOnDisk() {
        Written written = entries.put("1", Map.of("account", assign("a"), "potency", assign(3)));
        assertThat(written).isEqualTo(new Written("1", WriteLevel.DISK, true));
        assertThat(entries.get("1").orElseThrow().values())
                .isEqualTo(Map.of("account", new Value.Text("a"), "potency", new Value.Int(3)));
        assertThat(entries.get("2")).isEmpty();
    }

    @Test
    void fieldsThatAreNotNamedStay() {
        entries.put("1", Map.of("account", assign("a"), "potency", assign(3)));
        entries.put("1", Map.of("potency", assign(4)));
        assertThat(entries.get("1").orElseThrow().value("account")).isEqualTo(new Value.Text("a"));
        assertThat(entries.get("1").orElseThrow().value("potency")).isEqualTo(new Value.Int(4));
    }

    @Test
    void puttingTheSameAgainIsNoChange() {
        entries.put("1", account("a"));
        assertThat(entries.put("1", account("a")).changed()).isFalse();
        assertThat(store.review().account().made()).isEqualTo(1);
    }

    @Test
    void editsOfAnUnsentRecordFoldIntoOneChange() {
        for (int i = 0; i < 10; i++) {
            entries.put("1", Map.of("account", assign("a" + i)));
        }
        assertThat(store.review().account().in(ChangeState.PENDING)).isEqualTo(1);
        assertThat(store.review().account().in(ChangeState.COALESCED)).isEqualTo(9);
        assertThat(store.review().pending(5)).hasSize(1);
    }

    @Test
    void countersAddAndUnionsAmend() {
        entries.put("1", Map.of("account", assign("a"), "views", new FieldEdit.Add(5)));
        entries.put("1", Map.of("views", new FieldEdit.Add(-2)));
        entries.put("1", Map.of("tags", new FieldEdit.Amend(Set.of("x", "y"), Set.of())));
        entries.put("1", Map.of("tags", new FieldEdit.Amend(Set.of("z"), Set.of("x"))));
        assertThat(entries.count(Condition.eq("views", 3))).isEqualTo(1);
        assertThat(entries.count(Condition.contains("tags", "y").and(Condition.contains("tags", "z"))))
                .isEqualTo(1);
        assertThat(entries.count(Condition.contains("tags", "x"))).isZero();
    }

    @Test
    void deletingHidesTheRecordOnce() {
        entries.put("1", account("a"));
        assertThat(entries.delete("1").changed()).isTrue();
        assertThat(entries.delete("1").changed()).isFalse();
        assertThat(entries.get("1")).isEmpty();
        assertThat(store.records()).isZero();
    }

    @Test
    void givesAnIdToARecordThatHasNone() {
        String id = entries.add(account("a")).id();
        assertThat(entries.get(id)).isPresent();
        assertThat(entries.add(account("a")).id()).isGreaterThan(id);
    }

    @Test
    void allViolationsAreToldAndNothingIsWritten() {
        RecordRefusedException refused = catchThrowableOfType(
                RecordRefusedException.class,
                () -> entries.put("1", Map.of("potency", assign(11), "account", assign("x".repeat(21)))));
        assertThat(refused.violations())
                .extracting(Violation::code)
                .containsExactlyInAnyOrder(ErrorCode.FIELD_RANGE, ErrorCode.FIELD_LENGTH);
        assertThat(entries.get("1")).isEmpty();
        assertThat(store.review().account().made()).isZero();
    }

    @Test
    void requiredFieldsAreDemandedOfNewRecordsOnly() {
        assertThatThrownBy(() -> entries.put("1", Map.of("potency", assign(1))))
                .hasFieldOrPropertyWithValue("code", ErrorCode.FIELD_REQUIRED);
        entries.put("1", account("a"));
        assertThat(entries.put("1", Map.of("potency", assign(1))).changed()).isTrue();
    }

    @Test
    void badIdsAndNamesAreRefused() {
        assertThatThrownBy(() -> entries.put("", account("a")))
                .hasFieldOrPropertyWithValue("code", ErrorCode.RECORD_ID);
        assertThatThrownBy(() -> entries.put("x".repeat(Limits.ID_BYTES_MAX + 1), account("a")))
                .hasFieldOrPropertyWithValue("code", ErrorCode.RECORD_ID);
        assertThatThrownBy(() -> store.collection("nothing"))
                .hasFieldOrPropertyWithValue("code", ErrorCode.COLLECTION_UNKNOWN);
        assertThatThrownBy(() -> entries.put("1", Map.of("nothing", assign("a"))))
                .hasFieldOrPropertyWithValue("code", ErrorCode.FIELD_UNKNOWN);
    }

    @Test
    void ofABatchTheGoodAreWrittenAndTheBadAreTold() {
        List<PutOutcome> outcomes = store.putAll(
                "entries",
                List.of(
                        document("{\"id\":\"1\",\"account\":\"a\"}"),
                        document("{\"id\":\"2\",\"potency\":1}"),
                        document("{\"account\":\"b\"}")));
        assertThat(outcomes.get(0)).isEqualTo(new Written("1", WriteLevel.DISK, true));
        assertThat(outcomes.get(1)).isInstanceOf(PutOutcome.Refused.class);
        assertThat(outcomes.get(2)).isInstanceOf(Written.class);
        assertThat(store.records()).isEqualTo(2);
        assertThat(store.review().pending(9))
                .allMatch(record -> record.layers().getFirst().group() == 0);
    }

    @Test
    void aTransactionIsOneGroupAndReadsItsOwnWrites() {
        long seen = store.transaction(transaction -> {
            Records within = transaction.collection("entries");
            within.put("1", account("a"));
            assertThat(within.put("2", account("a")).level()).isEqualTo(WriteLevel.MEMORY);
            within.delete("1");
            within.put("1", account("b"));
            assertThat(within.get("1").orElseThrow().value("account")).isEqualTo(new Value.Text("b"));
            assertThat(entries.get("1")).isEmpty();
            return within.count(Condition.always());
        });
        assertThat(seen).isEqualTo(2);
        assertThat(store.review().account().made()).isEqualTo(2);
        assertThat(store.review().pending(9))
                .extracting(record -> record.open().map(Layer::group).orElse(0L))
                .containsOnly(1L);
    }

    @Test
    void aTransactionThatThrowsLeavesNothing() {
        assertThatThrownBy(() -> store.transaction(transaction -> {
                    transaction.collection("entries").put("1", account("a"));
                    throw new IllegalArgumentException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(entries.get("1")).isEmpty();
        assertThat(store.review().account().made()).isZero();
    }

    @Test
    void aRefusedWriteWithinATransactionLeavesTheRest() {
        store.transaction(transaction -> {
            Records within = transaction.collection("entries");
            within.put("1", account("a"));
            assertThatThrownBy(() -> within.put("1", Map.of("potency", assign(99))))
                    .isInstanceOf(RecordRefusedException.class);
            return within.put("2", account("b"));
        });
        assertThat(store.records()).isEqualTo(2);
        assertThat(entries.get("1").orElseThrow().value("potency")).isEqualTo(Value.NULL);
    }

    @Test
    void isNotClosedWithinItsOwnTransactionsAndReads() {
        List<Throwable> refusals = new ArrayList<>();
        store.transaction(transaction -> refusals.add(catchThrowable(store::close)));
        store.storage().read(transaction -> refusals.add(catchThrowable(store::close)));
        try (Store.Subscription heard = store.onCommit(keys -> refusals.add(catchThrowable(store::close)))) {
            assertThat(entries.put("1", account("a")).changed()).isTrue();
        }
        assertThat(refusals)
                .hasSize(3)
                .allSatisfy(refusal -> assertThat(refusal)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("close it after that"));
        assertThat(entries.get("1")).isPresent();
    }

    @Test
    void forgetsByAnyAge() {
        entries.put("1", account("a"));
        assertThat(store.room().forget(Duration.ofSeconds(Long.MAX_VALUE))).isZero();
        assertThat(store.room().forget(Duration.ofSeconds(Long.MIN_VALUE))).isNotNegative();
        assertThat(entries.get("1")).isPresent();
    }

    @Test
    void transactionsDoNotNest() {
        assertThatThrownBy(() -> store.transaction(outer -> store.transaction(inner -> 0)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.transaction(outer -> entries.put("1", account("a"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(entries.put("1", account("a")).changed()).isTrue();
    }

    @Test
    void aTransactionThatTakesTooLongIsUndone() {
        HoldfastException timeout = catchThrowableOfType(
                HoldfastException.class,
                () -> store.transaction(transaction -> {
                    transaction.collection("entries").put("1", account("a"));
                    clock.advance(Duration.ofSeconds(3));
                    return 0;
                }));
        assertThat(timeout.code()).isEqualTo(ErrorCode.TRANSACTION_TIMEOUT);
        assertThat(entries.get("1")).isEmpty();
    }

    @Test
    void aTransactionAboveTheBatchLimitIsRefused() {
        HoldfastException tooLarge = catchThrowableOfType(
                HoldfastException.class,
                () -> store.transaction(transaction -> {
                    Records plain = transaction.collection("plain");
                    for (int i = 0; i <= Limits.TRANSACTION_CHANGES_MAX; i++) {
                        plain.put("" + i, Map.of());
                    }
                    return 0;
                }));
        assertThat(tooLarge.code()).isEqualTo(ErrorCode.TRANSACTION_TOO_LARGE);
        assertThat(store.records()).isZero();
        store.transaction(transaction -> {
            for (int i = 0; i < Limits.TRANSACTION_CHANGES_MAX; i++) {
                transaction.collection("plain").put("" + i, Map.of());
            }
            return 0;
        });
        assertThat(store.records()).isEqualTo(Limits.TRANSACTION_CHANGES_MAX);
    }

    @Test
    void listenersHearOfCommitsUntilTheyAreGone() {
        Set<RecordKey> heard = new HashSet<>();
        Store.Subscription subscription = store.onCommit(heard::addAll);
        entries.put("1", account("a"));
        assertThat(heard).containsExactly(new RecordKey("entries", "1"));
        subscription.close();
        entries.put("2", account("a"));
        assertThat(heard).hasSize(1);
    }

    @Test
    void everyOpeningIsANewIncarnationOfTheSameReplica() {
        long first = store.device().identity().incarnation();
        String replica = store.device().identity().replica();
        store.close();
        open();
        assertThat(store.device().identity().incarnation()).isNotEqualTo(first);
        assertThat(store.device().identity().replica()).isEqualTo(replica);
        assertThat(store.device().identity().scope()).isEqualTo("ann");
    }

    @Test
    void aStoreOpensWithTheSchemaItHas() {
        entries.put("1", account("a"));
        store.close();
        store = Store.open(folder.resolve("a.holdfast"), options);
        assertThat(store.schema().collections()).containsKeys("entries", "plain");
        assertThat(store.collection("entries").find(Query.all()).records()).hasSize(1);
    }

    @Test
    void aClosedStoreSaysSo() {
        store.close();
        assertThatThrownBy(() -> entries.put("1", account("a")))
                .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_CLOSED);
        assertThatThrownBy(() -> entries.get("1")).hasFieldOrPropertyWithValue("code", ErrorCode.STORE_CLOSED);
        store.close();
    }

    @Test
    void filesAreForTheirOwnerOnly() throws java.io.IOException {
        entries.put("1", account("a"));
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.getFileName().toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aTransactionGoesOnAfterAWriteThatWasTooLarge() {
        String megabyte = "x".repeat(1_000_000);
        store.transaction(transaction -> {
            Records plain = transaction.collection("plain");
            plain.put("small", Map.of("a", assign("s")));
            plain.put("large", Map.of("a", assign(megabyte)));
            for (String refused : List.of("larger", "large again", "small")) {
                assertThatThrownBy(() -> fill(plain, refused, megabyte))
                        .hasFieldOrPropertyWithValue("code", ErrorCode.TRANSACTION_TOO_LARGE);
            }
            plain.put("larger", Map.of("a", assign("less")));
            plain.delete("small");
            return 0;
        });
        assertThat(store.review().account().in(ChangeState.PENDING)).isEqualTo(3);
        assertThat(store.collection("plain").get("small")).isEmpty();
        assertThat(store.collection("plain").get("larger")).isPresent();
        assertThat(store.review().pending(10))
                .allSatisfy(
                        record -> assertThat(record.layers().getLast().edits()).isEqualTo(1));
    }

    private static void fill(Records plain, String id, String text) {
        plain.put(id, Map.of("a", assign(text), "b", assign(text)));
    }

    @Test
    void aTransactionMayTakeForEver() {
        store.close();
        store = Store.open(
                folder.resolve("a.holdfast"), options.withTransactionTimeout(ChronoUnit.FOREVER.getDuration()));
        String id = store.transaction(transaction -> {
            clock.advance(Duration.ofDays(1));
            return transaction.collection("plain").put("1", Map.of()).id();
        });
        assertThat(id).isEqualTo("1");
    }
}
