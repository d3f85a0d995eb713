package io.holdfast.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.Value;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import io.holdfast.store.sqlite.SqliteOptions;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RescueTest {

    private static final CollectionSchema LETTER = CollectionSchema.of(
            "letters",
            List.of(Field.of("body", FieldType.Simple.TEXT).withFullText(), Field.of("size", FieldType.Simple.INTEGER)),
            List.of());
    private static final Schema SCHEMA = new Schema("letters", 1, new TreeMap<>(Map.of("letters", LETTER)));
    private static final int LETTERS = 300;

    @TempDir
    private Path folder;

    private Path written() throws IOException {
        Path file = Files.createTempDirectory(folder, "r").resolve("store.db");
        try (Store store = Store.open(file, SCHEMA, "ann", StoreOptions.defaults())) {
            store.transaction(transaction -> {
                for (int i = 0; i < LETTERS; i++) {
                    transaction.collection("letters").put("l" + i, edits(i));
                }
                return true;
            });
        }
        return file;
    }

    private static Map<String, FieldEdit> edits(int number) {
        return new TreeMap<>(Map.of(
                "body", new FieldEdit.Assign(new Value.Text("word" + number + " " + "x".repeat(40))),
                "size", new FieldEdit.Assign(new Value.Int(number))));
    }

    private static List<StoredRecord> letters(Store store) {
        return store.collection("letters").find(Query.all().limit(LETTERS)).records();
    }

    private static void overwrite(Path file, double where, int length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long at = (long) (where * channel.size());
            channel.write(ByteBuffer.allocate((int) Math.min(length, channel.size() - at)), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsSavedOfADamagedFileIsASoundStoreOfWhatWasThere() {
        Property.of("rescue")
                .tries(100)
                .shrinks(50)
                .forAll(Gens.longs(10, 9_999), Gens.ints(1, 9_000), (where, length) -> {
                    Path file = freshly();
                    overwrite(file, where / 10_000.0, length);
                    Rescue.Rescued rescued;
                    try {
                        rescued = new Rescue(StoreOptions.defaults()).keepReadable(file, SCHEMA, "ann", "bea");
                    } catch (HoldfastException nothing) {
                        assertThat(nothing.code()).isEqualTo(ErrorCode.STORE_DAMAGED);
                        return;
                    }
                    assertThat(rescued.aside()).isPresent();
                    try (Store store = Store.open(
                            file, SCHEMA, "ann", StoreOptions.defaults().withCheck(SqliteOptions.Check.FULL))) {
                        List<StoredRecord> kept = letters(store);
                        // Nothing vouches for the bytes of what no server has confirmed: only how many there are can be
                        // held to.
                        assertThat(kept).hasSizeLessThanOrEqualTo(LETTERS);
                        var account = store.review().account();
                        assertThat(account.balanced()).isTrue();
                        assertThat(account.in(ChangeState.PENDING)).isEqualTo(kept.size());
                        assertThat(rescued.saved().changes()).isEqualTo(kept.size());
                        assertThat(store.review().audit(Long.MAX_VALUE, 1))
                                .singleElement()
                                .satisfies(entry -> {
                                    assertThat(entry.event()).isEqualTo(AuditEntry.Event.STORE_REBUILT);
                                    assertThat(entry.who()).isEqualTo("bea");
                                });
                        // It goes on as any store does.
                        store.collection("letters").put("new", edits(1));
                        assertThat(store.review().account().balanced()).isTrue();
                    }
                });
    }

    private Path freshly() {
        try {
            return written();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSoundStoreLosesNothing() throws IOException {
        Path file = written();

        Rescue.Rescued rescued = new Rescue(StoreOptions.defaults()).keepReadable(file, SCHEMA, "ann", "bea");

        assertThat(rescued.saved().incomplete()).isEmpty();
        assertThat(rescued.saved().lost()).isZero();
        assertThat(rescued.saved().changes()).isEqualTo(LETTERS);
        try (Store store = Store.open(file, SCHEMA, "ann", StoreOptions.defaults())) {
            assertThat(letters(store)).hasSize(LETTERS);
            assertThat(store.collection("letters")
                            .find(Query.all().where(Condition.matches("word77")))
                            .records())
                    .extracting(letter -> letter.key().id())
                    .containsExactly("l77");
        }
    }

    @Test
    void refusesTheStoreOfAnotherScopeAndOneThatIsOpen() throws IOException {
        Path file = written();
        Rescue rescue = new Rescue(StoreOptions.defaults());

        assertThat(code(() -> rescue.keepReadable(file, SCHEMA, "bob", "bea"))).isEqualTo(ErrorCode.STORE_OTHER_SCOPE);
        try (Store open = Store.open(file, SCHEMA, "ann", StoreOptions.defaults())) {
            assertThat(code(() -> rescue.keepReadable(file, SCHEMA, "ann", "bea")))
                    .isEqualTo(ErrorCode.STORE_IN_USE);
            assertThat(letters(open)).hasSize(LETTERS);
        }
    }

    private static ErrorCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(HoldfastException.class, call).code();
    }
}
