package io.holdfast.earnings;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.server.EarningsPolicy;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Query;
import io.holdfast.testkit.random.SeededRandom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One user's month with his phone: he looks at it every few days, and mostly it is closed and mines on. For one thread at a time. */
final class FleetLife implements AutoCloseable {

    private static final int VISITS_MAX = 3;
    private static final int AUDIT_MAX = 1_000;

    private final String user;
    private final SeededRandom random;
    private final EarningsWorld world;
    private final TestPhone phone;
    private final Script script;
    private final FleetReckoning reckoning = new FleetReckoning(EarningsWorld.RATE.number());
    private boolean exact = true;
    private boolean setSince;
    private boolean cycledSince;

    FleetLife(Path folder, int number, ServerStorage storage) {
        user = "user-" + number;
        random = new SeededRandom(number);
        world = new EarningsWorld(folder, EarningsPolicy.of(Terms.of(EarningsWorld.RATE)), storage);
        world.seed = 7_919L * number;
        world.onAnswer =
                (request, atMillis) -> request.batch().ifPresent(batch -> reckoning.took(batch, atMillis * 1_000));
        phone = world.phone("phone", user);
        // Nothing expires within the month, so that each row on the phone can be found at the server.
        phone.keeping = new Keeping(Keeping.defaults().bytesMax(), Duration.ofDays(365));
        phone.earnings.initialize(EarningsWorld.RATE.number());
        script = new Script(world, phone);
        phone.closeApp();
    }

    /** Goes on for some days, with whatever server there is now. */
    void live(ServerStorage storage, Duration span) {
        world.serve(storage);
        int visits = random.nextInt(VISITS_MAX) + 1;
        Duration between = span.dividedBy(visits);
        for (int i = 0; i < visits; i++) {
            Duration before = between.dividedBy(100).multipliedBy(random.nextInt(80) + 10L);
            pass(before);
            visit();
            pass(between.minus(before));
        }
    }

    /** The phone lies there; somebody may set its clock, or its battery may run down. */
    private void pass(Duration span) {
        world.run(span.dividedBy(2));
        if (random.nextInt(4) == 0) {
            phone.set(Duration.ofSeconds(random.nextLong(200_000) - 100_000));
            setSince = true;
        }
        if (random.nextInt(6) == 0) {
            phone.powerCycle();
            cycledSince = true;
        }
        world.run(span.dividedBy(2));
    }

    private void visit() {
        TestPhone.Network network = network();
        // Answers begin to be lost after the phone was let in, or else it would send nothing.
        phone.network = network == TestPhone.Network.ANSWERS_LOST ? TestPhone.Network.UP : network;
        phone.openApp();
        boolean read = script.mining();
        world.run(Duration.ofMillis(random.nextInt(3_000)));
        phone.network = network;
        if (random.nextInt(3) > 0) {
            read = true;
            script.play(script.mining() ? new Script.Step.Stop() : new Script.Step.Start());
        }
        if (read) {
            storedClocks();
        }
        world.run(Duration.ofMillis(random.nextInt(25_000)));
        if (random.nextInt(5) == 0) {
            phone.crash();
        }
        phone.closeApp();
    }

    /**
     * The phone stores what its clocks say with each session that it begins, goes on with or ends, and with nothing else. It can tell
     * how long ago that was by the clock that nobody sets, unless that began anew; and then by the time of day, unless somebody set
     * it. After both, in whatever order, there is nothing to tell by but the server, who may come too late.
     */
    private void storedClocks() {
        exact &= !(setSince && cycledSince);
        setSince = false;
        cycledSince = false;
    }

    private TestPhone.Network network() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> TestPhone.Network.DOWN;
            case 3, 4 -> TestPhone.Network.ANSWERS_LOST;
            default -> TestPhone.Network.UP;
        };
    }

    /** Stops, and lets everything arrive. */
    void end(ServerStorage storage) {
        world.serve(storage);
        phone.network = TestPhone.Network.UP;
        phone.openApp();
        if (script.mining()) {
            storedClocks();
        }
        world.run(Duration.ofSeconds(5));
        script.play(new Script.Step.Stop());
        world.run(Duration.ofSeconds(20));
    }

    String user() {
        return user;
    }

    EarningsWorld world() {
        return world;
    }

    EarningsManager earnings() {
        return phone.earnings;
    }

    FleetReckoning reckoning() {
        return reckoning;
    }

    /** How long he has really mined, in microseconds. */
    long minedMicros() {
        return script.mined().micros();
    }

    /** Whether his phone could know the time throughout. */
    boolean exact() {
        return exact;
    }

    /** Changes that are neither settled nor folded into others. */
    long waiting() {
        Account account = phone.earnings.store().review().account();
        return List.of(ChangeState.PENDING, ChangeState.IN_FLIGHT, ChangeState.QUARANTINED).stream()
                .mapToLong(account::in)
                .sum();
    }

    /** The ids of the audit rows that were written on the phone. */
    Set<String> localAudit() {
        Set<String> ids = new HashSet<>();
        phone.earnings
                .store()
                .collection(EarningsSchema.AUDIT.collection().name())
                .find(Query.all()
                        .where(Condition.eq("source", AuditEntry.LOCAL))
                        .limit(AUDIT_MAX))
                .records()
                .forEach(row -> ids.add(row.key().id()));
        return ids;
    }

    @Override
    public void close() {
        world.close();
    }
}
