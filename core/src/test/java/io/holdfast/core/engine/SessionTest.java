package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Limits;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.RegisterAnswer;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "s", "version": 1, "collections": {"c": {"fields": {"n": {"type": "INTEGER"}}}}}
            """);
    private static final ScopeKey KEY = ScopeKey.parse("01".repeat(ScopeKey.LENGTH));
    private static final long NOW = Shell.START;
    private static final Work EXCHANGE = new Work.Exchange();

    private final InMemoryLocalStorage storage = new InMemoryLocalStorage(DeviceState.fresh("scope", "device", 7));
    private final Session session = new Session(SCHEMA, () -> "device-2", 10);

    @Test
    void registersBeforeAnythingElse() {
        for (Work work : List.of(EXCHANGE, new Work.CompareNodes(""), new Work.CompareLeaves("", new TreeSet<>()))) {
            assertThat(prepare(work)).isInstanceOf(Outgoing.Register.class);
        }
        register();
        assertThat(prepare(EXCHANGE)).isInstanceOf(Outgoing.Exchange.class);
        assertThat(prepare(new Work.CompareNodes(""))).isInstanceOf(Outgoing.Reconcile.class);
    }

    @Test
    void freezesNothingBeforeThisOpeningMeasuredItsClock() {
        register();
        write(1);
        change(transaction -> transaction.device(transaction.device().with(new DeviceState.ClockOffset(0, 6))));
        assertThat(((Outgoing.Exchange) prepare(EXCHANGE)).changes())
                .as("another opening did")
                .isZero();
        measure();
        Outgoing.Exchange message = (Outgoing.Exchange) prepare(EXCHANGE);
        assertThat(message.changes()).isEqualTo(1);
        assertThat(message.batch().number()).isEqualTo(1);
    }

    @Test
    void theSameBatchIsSentUntilItIsSettled() {
        register();
        measure();
        write(1);
        Outgoing.Exchange first = (Outgoing.Exchange) prepare(EXCHANGE);
        write(1);
        Outgoing.Exchange second = (Outgoing.Exchange) prepare(EXCHANGE);
        assertThat(second.message().batch()).isEqualTo(first.message().batch()).isPresent();
    }

    @Test
    void freezesAheadOneBatchAndOnlyAWholeOne() {
        register();
        measure();
        write(2);
        assertThat(backlog(3)).isFalse();
        assertThat(frozenAhead(3)).isZero();
        assertThat(backlog(2)).isTrue();
        assertThat(frozenAhead(2)).isEqualTo(1);
        assertThat(backlog(1)).as("nothing waits").isFalse();
        write(4);
        assertThat(frozenAhead(2)).isEqualTo(2);
        assertThat(backlog(2)).as("one on its way, one ahead").isFalse();
        assertThat(frozenAhead(2)).isEqualTo(2);
    }

    private boolean backlog(int changesMax) {
        return storage.read(transaction -> session.backlog(transaction, changesMax));
    }

    private int frozenAhead(int changesMax) {
        change(transaction -> session.freezeAhead(transaction, changesMax, NOW));
        return storage.<Integer>read(LocalTransaction::frozenCount);
    }

    @Test
    void showsTheNewestCursorsAndEverSparserTheOlder() {
        register();
        List<Cursor> earlier = IntStream.range(0, Limits.CURSORS_KEPT)
                .mapToObj(age -> new Cursor("1-e", 1_000 - age, "%032x".formatted(age)))
                .toList();
        Cursor newest = new Cursor("1-e", 2_000, "f".repeat(32));
        change(transaction -> transaction.device(
                transaction.device().with(new DeviceState.Progress(newest, earlier, BatchMark.NONE, BatchMark.NONE))));
        Outgoing.Exchange message = (Outgoing.Exchange) prepare(EXCHANGE);
        assertThat(message.message().cursor()).isEqualTo(newest);
        assertThat(message.message().earlier())
                .containsExactly(
                        earlier.get(0),
                        earlier.get(1),
                        earlier.get(3),
                        earlier.get(7),
                        earlier.get(15),
                        earlier.get(31));
    }

    @Test
    void asksForAsManyRecordsAsItWasTold() {
        register();
        assertThat(((Outgoing.Exchange) prepare(EXCHANGE)).message().pageMax()).isEqualTo(10);
    }

    @Test
    void takesNoAnswerThatDoesNotFit() {
        Outgoing registration = prepare(EXCHANGE);
        assertUnfit(registration, new Incoming.Registered(new RegisterAnswer(8, KEY, NOW)));
        assertUnfit(registration, new Incoming.Exchanged(new ExchangeAnswer.Forked(9, NOW)));
        register();
        assertUnfit(prepare(EXCHANGE), new Incoming.Registered(new RegisterAnswer(9, KEY, NOW)));
        Outgoing nodes = prepare(new Work.CompareNodes(""));
        assertUnfit(nodes, reply(new ReconcileAnswer.Reply.Leaves(List.of(), List.of())));
        Outgoing leaves = prepare(new Work.CompareLeaves("", new TreeSet<>(List.of(1))));
        assertUnfit(leaves, reply(new ReconcileAnswer.Reply.Nodes(new TreeMap<>(), 0)));
    }

    @Test
    void takesNoAnswerThatHasNotOneResultForEachChange() {
        register();
        measure();
        write(2);
        Outgoing batch = prepare(EXCHANGE);
        for (int results : new int[] {0, 1, 3}) {
            assertUnfit(batch, applied(results));
        }
        assertThat(storage.read(LocalTransaction::account).in(ChangeState.IN_FLIGHT))
                .isEqualTo(2);
    }

    @Test
    void takesNoAnswerThatPromisesMoreAndBringsNothing() {
        register();
        measure();
        assertUnfit(prepare(EXCHANGE), applied(0));
        write(1);
        Outgoing batch = prepare(EXCHANGE);
        assertThat(storage.<Outcome>write(transaction -> session.absorb(transaction, batch, applied(1), 1_000, NOW)))
                .isInstanceOf(Outcome.Applied.class);
    }

    private static Incoming applied(int results) {
        return new Incoming.Exchanged(new ExchangeAnswer.Applied(
                9,
                NOW,
                Collections.nCopies(results, new ChangeResult.Accepted(1)),
                List.of(),
                new Cursor("1-e", 1, "f".repeat(32)),
                false,
                "",
                0));
    }

    @Test
    void whoIsTooFarBehindToCompareIsTold() {
        register();
        Outgoing nodes = prepare(new Work.CompareNodes(""));
        assertThat(storage.<Outcome>write(transaction ->
                        session.absorb(transaction, nodes, reply(new ReconcileAnswer.Reply.Behind()), 0, NOW)))
                .isEqualTo(new Outcome.Behind());
    }

    @Test
    void everyAnswerTellsTheClock() {
        assertThat(new Incoming.Registered(new RegisterAnswer(9, KEY, 5)).serverMillis())
                .isEqualTo(5);
        assertThat(new Incoming.Exchanged(new ExchangeAnswer.Forked(9, 6)).serverMillis())
                .isEqualTo(6);
        ReconcileAnswer answer = new ReconcileAnswer(9, 7, List.of(), Cursor.START, new ReconcileAnswer.Reply.Behind());
        assertThat(new Incoming.Reconciled(answer).serverMillis()).isEqualTo(7);
    }

    private static Incoming reply(ReconcileAnswer.Reply reply) {
        return new Incoming.Reconciled(new ReconcileAnswer(9, NOW, List.of(), Cursor.START, reply));
    }

    private void assertUnfit(Outgoing sent, Incoming answer) {
        DeviceState before = storage.read(LocalTransaction::device);
        assertThatThrownBy(() ->
                        storage.<Outcome>write(transaction -> session.absorb(transaction, sent, answer, 1_000, NOW)))
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        unfit -> assertThat(unfit.code()).isEqualTo(ErrorCode.SERVER_ANSWER));
        assertThat(storage.<DeviceState>read(LocalTransaction::device)).isEqualTo(before);
    }

    private Outgoing prepare(Work work) {
        return storage.write(transaction -> session.prepare(transaction, work, 9, 100, NOW));
    }

    private void register() {
        change(transaction -> transaction.device(
                transaction.device().with(new DeviceState.Identity("scope", "device", 7, Optional.of(KEY), true))));
    }

    private void measure() {
        change(transaction -> transaction.device(transaction.device().with(new DeviceState.ClockOffset(0, 7))));
    }

    private int written;

    private void write(int records) {
        for (int i = 0; i < records; i++) {
            written++;
            Map<String, FieldEdit> edits = Map.of("n", new FieldEdit.Assign(new Value.Int(written)));
            change(transaction -> new LocalWriter(SystemCollections.addTo(SCHEMA), transaction, NOW)
                    .put(new RecordKey("c", "" + written), edits, LocalWriter.Check.NONE));
        }
    }

    private void change(java.util.function.Consumer<LocalTransaction> body) {
        storage.write(transaction -> {
            body.accept(transaction);
            return 0;
        });
    }
}
