package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bank: each deposit raises the balance and leaves a line in the log, in the append that brings it. */
class DecisionRulesTest {

    private static final long NOW = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "bank", "version": 1, "collections": {
              "deposits": {"fields": {"amount": {"type": "INTEGER"}, "booked": {"type": "BOOLEAN"}}},
              "balances": {"fields": {"sum": {"type": "INTEGER", "min": 0, "merge": "SERVER"}}},
              "log": {"fields": {"text": {"type": "TEXT"}}}}}""");
    private static final Sender SENDER =
            new Sender(1, 1, "ann", "phone", 1, new SchemaRef("bank", 1, SchemaHash.of(SCHEMA)));
    private static final Principal ANN = new Principal("ann", Role.DEVICE);
    private static final RecordKey BALANCE = new RecordKey("balances", "ann");

    private Cursor cursor = Cursor.START;
    private BatchMark last = BatchMark.NONE;

    /** Books deposits; refuses those above 100, and notes them. */
    private static final class Bank implements DecisionRules {
        @Override
        public List<RecordKey> touches(String scope, Change change) {
            return List.of(new RecordKey("balances", scope));
        }

        @Override
        public Optional<Refusal> refuses(Situation situation) {
            return amount(situation.after()) <= 100
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            new ChangeResult.Refused(ErrorCode.RULE_REFUSED, "amount", "Come in person."),
                            List.of(log(situation, "refused"))));
        }

        @Override
        public List<ServerWrite> follow(Situation situation) {
            long raise = amount(situation.after()) - amount(situation.before());
            long sum = number(situation.state(BALANCE).value("sum")) + raise;
            return List.of(
                    write(BALANCE, "sum", new Value.Int(sum)),
                    write(situation.change().key(), "booked", new Value.Bool(true)),
                    log(situation, "booked " + raise));
        }

        private static ServerWrite log(Situation situation, String text) {
            return write(new RecordKey("log", situation.derivedId(text)), "text", new Value.Text(text));
        }

        private static long amount(RecordState deposit) {
            return number(deposit.value("amount"));
        }
    }

    private static long number(Value value) {
        return value instanceof Value.Int number ? number.number() : 0;
    }

    private static ServerWrite write(RecordKey key, String field, Value value) {
        return new ServerWrite(key, new TreeMap<>(Map.of(field, value)));
    }

    private ScopeServer bank(InMemoryServerStorage storage) {
        ScopeServer server = new ScopeServer(
                        storage, SCHEMA, WriteRules.OPEN, () -> Instant.ofEpochMilli(NOW), new SeededRandom(1))
                .deciding(new Bank());
        server.register(ANN, new RegisterRequest(SENDER));
        return server;
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsFromAChangeStandsWithItAndReachesTheDevice(InMemoryServerStorage.Locking locking) {
        InMemoryServerStorage storage = new InMemoryServerStorage(locking);
        ScopeServer server = bank(storage);

        ExchangeAnswer.Applied answer = push(server, deposit("a", 40, 0, 1), deposit("b", 2, 0, 2));

        assertThat(balance(storage)).isEqualTo(42);
        assertThat(texts(storage)).containsExactlyInAnyOrder("booked 40", "booked 2");
        // The server wrote to the deposit as well, so the device must not compute it by itself.
        assertThat(answer.results()).allSatisfy(result -> assertThat(result).isInstanceOf(ChangeResult.Merged.class));
        assertThat(answer.changes())
                .extracting(record -> record.key().collection())
                .contains("balances", "log");
        assertThat(answer.complete()).isTrue();
        assertThat(rootIsTheSumOfTheRecords(storage)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aBatchThatIsRepeatedIsBookedOnce(InMemoryServerStorage.Locking locking) {
        InMemoryServerStorage storage = new InMemoryServerStorage(locking);
        ScopeServer server = bank(storage);
        Cursor before = cursor;
        push(server, deposit("a", 40, 0, 1));
        cursor = before;
        last = BatchMark.NONE;

        push(server, deposit("a", 40, 0, 1));
        // A store that forked before it got the answer sends the same change in another batch.
        push(server, deposit("a", 40, 0, 1));

        assertThat(balance(storage)).isEqualTo(40);
        assertThat(texts(storage)).containsExactly("booked 40");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedGroupLeavesItsNotesAndNothingElse(InMemoryServerStorage.Locking locking) {
        InMemoryServerStorage storage = new InMemoryServerStorage(locking);

        ExchangeAnswer.Applied answer = push(bank(storage), deposit("a", 40, 7, 1), deposit("b", 101, 7, 2));

        assertThat(answer.results())
                .extracting(result -> ((ChangeResult.Refused) result).code())
                .containsExactly(ErrorCode.GROUP_REFUSED, ErrorCode.RULE_REFUSED);
        assertThat(balance(storage)).isZero();
        assertThat(texts(storage)).containsExactly("refused");
    }

    @ParameterizedTest
    @EnumSource
    void anOfferBringsBackWhatWasDecidedAndIsNotDecidedAgain(InMemoryServerStorage.Locking locking) {
        InMemoryServerStorage storage = new InMemoryServerStorage(locking);
        Change edit = deposit("a", 40, 0, 1);

        push(bank(storage), new Change(edit.key(), edit.edit(), 0, new TreeMap<>(), 0, Change.Kind.OFFER));

        assertThat(balance(storage)).isZero();
        assertThat(texts(storage)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theServersOwnHandWritesAmongTheExchanges(InMemoryServerStorage.Locking locking) {
        InMemoryServerStorage storage = new InMemoryServerStorage(locking);
        ScopeServer server = bank(storage);
        push(server, deposit("a", 40, 0, 1));
        Principal clerk = new Principal("clerk", Role.OPERATOR);

        long told = server.write(clerk, "ann", List.of(BALANCE), state -> {
            long sum = number(state.apply(BALANCE).value("sum")) + 1;
            return new ServerWork<>(List.of(write(BALANCE, "sum", new Value.Int(sum))), sum);
        });

        assertThat(told).isEqualTo(41);
        assertThat(balance(storage)).isEqualTo(41);
        ExchangeAnswer.Applied next = exchange(server, Optional.empty());
        assertThat(next.changes()).extracting(record -> record.key()).containsExactly(BALANCE);
        assertThat(rootIsTheSumOfTheRecords(storage)).isTrue();
        assertThat(exchange(server, Optional.empty()).changes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theServersOwnHandKeepsToTheSchemaAndToScopesThatExist(InMemoryServerStorage.Locking locking) {
        ScopeServer server = bank(new InMemoryServerStorage(locking));
        List<ServerWrite> below = List.of(write(BALANCE, "sum", new Value.Int(-1)));

        assertThatThrownBy(() -> server.write(ANN, "ann", List.of(BALANCE), state -> new ServerWork<>(below, 0)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> server.write(ANN, "bob", List.of(), state -> new ServerWork<>(List.of(), 0)))
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        unknown -> assertThat(unknown.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private static Change deposit(String id, long amount, long group, int tick) {
        TreeMap<String, Cell> cells = new TreeMap<>(Map.of(
                "amount", new Cell(new Value.Int(amount), new Stamp(HybridTime.ofMillis(NOW) + tick, 1))));
        RecordState edit = new RecordState(cells, Stamp.NONE);
        return new Change(new RecordKey("deposits", id), edit, 0, new TreeMap<>(), group, Change.Kind.EDIT);
    }

    private ExchangeAnswer.Applied push(ScopeServer server, Change... changes) {
        byte[] bytes = BatchCodec.encode(List.of(changes));
        BatchMark mark = BatchCodec.mark(last, bytes);
        ExchangeAnswer.Applied answer = exchange(server, Optional.of(new Batch(mark, last, bytes, List.of(changes))));
        last = mark;
        return answer;
    }

    private ExchangeAnswer.Applied exchange(ScopeServer server, Optional<Batch> batch) {
        ExchangeAnswer.Applied answer = (ExchangeAnswer.Applied)
                server.exchange(ANN, new ExchangeRequest(SENDER, cursor, List.of(), last, batch, 4_000));
        cursor = answer.cursor();
        return answer;
    }

    private static long balance(InMemoryServerStorage storage) {
        return storage.snapshot(
                "ann",
                snapshot -> snapshot.records(List.of(BALANCE)).values().stream()
                        .mapToLong(record -> number(record.state().value("sum")))
                        .sum());
    }

    private static List<String> texts(InMemoryServerStorage storage) {
        return storage.snapshot(
                "ann",
                snapshot -> snapshot.live("log", "", 100).stream()
                        .map(record -> ((Value.Text) record.state().value("text")).text())
                        .toList());
    }

    private static boolean rootIsTheSumOfTheRecords(InMemoryServerStorage storage) {
        return storage.snapshot("ann", snapshot -> {
            ScopeHead head = snapshot.head().orElseThrow();
            DigestSum[] sum = {DigestSum.ZERO};
            Digester digester = new Digester(head.key());
            snapshot.rows(row -> sum[0] = sum[0].plus(digester.digest(row.key(), row.state())));
            return sum[0].equals(head.root());
        });
    }
}
