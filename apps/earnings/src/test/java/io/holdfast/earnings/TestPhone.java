package io.holdfast.earnings;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.SyncClient;
import io.holdfast.client.transport.Reply;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.Phase;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import io.holdfast.store.sqlite.SqliteOptions;
import io.holdfast.testkit.random.SeededRandom;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A phone of one user, with clocks that can be set, a network that can fail, and power that can go. */
final class TestPhone implements AutoCloseable {

    /** What becomes of messages. */
    enum Network {
        UP,
        DOWN,
        /** The server gets every message; no answer arrives. */
        ANSWERS_LOST
    }

    private final EarningsWorld world;
    private final Path file;
    private final String user;
    private final SeededRandom random;
    private Instant booted;
    private int boots;
    private Duration slept = Duration.ZERO;
    private boolean countsSleep = true;
    private Duration wallError = Duration.ZERO;
    private boolean open;
    private final List<TestMachine> machines = new ArrayList<>();
    /** When each message was sent. */
    final List<Instant> sent = new ArrayList<>();

    /** How one message is interrupted. */
    enum Interruption {
        /** The server never gets it. */
        REQUEST_LOST,
        /** The server gets it, the phone no answer. */
        ANSWER_LOST,
        /** The server gets it, and the app dies before it has the answer. */
        APP_DIES
    }

    /** Of the next opening. */
    Keeping keeping = Keeping.defaults();

    Network network = Network.DOWN;
    EarningsManager earnings;
    private int interrupted = -1;
    private Interruption how = Interruption.REQUEST_LOST;
    private boolean dying;
    private Consumer<ExchangeRequest> watcher = exchange -> {};

    TestPhone(EarningsWorld world, Path file, String user, int number) {
        this.world = world;
        this.file = file;
        this.user = user;
        random = new SeededRandom(world.seed + number);
        booted = world.time.instant().minusSeconds(77);
        earnings = opened();
    }

    private Instant wall() {
        return world.time.instant().plus(wallError);
    }

    private ClockReading read() {
        Duration ticks = Duration.between(booted, world.time.instant()).minus(slept);
        return new ClockReading(
                ChronoUnit.MICROS.between(Instant.EPOCH, wall()),
                "boot-" + boots,
                ticks.toNanos() / 1_000,
                countsSleep);
    }

    private EarningsManager opened() {
        EarningsManager manager = EarningsManager.open(file, user, options());
        open = true;
        manager.connect(machine -> SyncClient.connect(
                manager.store(), this::send, ClientOptions.of("http://localhost:1", token()), machine));
        return manager;
    }

    private EarningsOptions options() {
        StoreOptions store =
                StoreOptions.defaults().withClock(this::wall).withRandom(random).withCheck(SqliteOptions.Check.QUICK);
        return EarningsOptions.defaults()
                .withMachine(store, this::read, this::machine)
                .withKeeping(keeping);
    }

    private TestMachine machine() {
        TestMachine machine = new TestMachine(world.time, this::wall, random);
        machines.add(machine);
        return machine;
    }

    private static String token() {
        return "hf_0123456789abcdef_" + "A".repeat(43);
    }

    private Reply send(Outgoing message) throws InterruptedException {
        sent.add(world.time.instant());
        if (message instanceof Outgoing.Exchange exchange) {
            watcher.accept(ExchangeCodec.readExchangeRequest(ExchangeCodec.write(exchange.message())));
        }
        if (sent.size() == interrupted) {
            return interrupted(message);
        }
        return switch (network) {
            case UP -> world.answer(user, message);
            case DOWN -> EarningsWorld.unreachable();
            case ANSWERS_LOST -> {
                world.answer(user, message);
                yield EarningsWorld.unreachable();
            }
        };
    }

    private Reply interrupted(Outgoing message) {
        if (how != Interruption.REQUEST_LOST) {
            world.answer(user, message);
        }
        dying = how == Interruption.APP_DIES;
        return EarningsWorld.unreachable();
    }

    /** Interrupts one message, counted from 1. */
    void interrupt(int message, Interruption interruption) {
        interrupted = message;
        how = interruption;
    }

    boolean crashIfDying() {
        boolean dies = dying;
        if (dies) {
            dying = false;
            crash();
        }
        return dies;
    }

    /** Hears of every exchange. */
    void watch(Consumer<ExchangeRequest> next) {
        watcher = next;
    }

    /** The app dies: nothing is stored any more, and the file is opened again. */
    void crash() {
        machines.forEach(TestMachine::close);
        earnings.store().close();
        earnings = opened();
    }

    /** The app is closed; its file lies there. */
    void closeApp() {
        earnings.close();
        open = false;
    }

    /** The app is opened again. */
    void openApp() {
        earnings = opened();
    }

    /** It is off for a moment, while the app is closed. */
    void powerCycle() {
        boots++;
        booted = world.time.instant();
        slept = Duration.ZERO;
    }

    /** What the app can do about its file while it is closed. */
    EarningsRecovery recovery() {
        return new EarningsRecovery(file, user, options());
    }

    /** Brings a new store what the server has, by this phone's network. */
    void fetch(Store store) {
        try (SyncClient client =
                SyncClient.connect(store, this::send, ClientOptions.of("http://localhost:1", token()), machine())) {
            world.run(Duration.ofSeconds(5));
            if (client.status().phase() != Phase.LEVEL) {
                throw new HoldfastException(ErrorCode.SERVER_UNREACHABLE, "No network.");
            }
        }
    }

    /** Goes on without a clock that counts sleep, as other platforms do. */
    void withoutSleepClock() {
        countsSleep = false;
        earnings.close();
        boots++;
        earnings = opened();
    }

    Path file() {
        return file;
    }

    String user() {
        return user;
    }

    void set(Duration error) {
        wallError = wallError.plus(error);
    }

    void sleep(Duration span) {
        slept = countsSleep ? slept : slept.plus(span);
        world.run(span);
    }

    void restartApp() {
        earnings.close();
        if (!countsSleep) {
            boots++;
        }
        earnings = opened();
    }

    /** Off for a while, and on again. */
    void reboot(Duration off) {
        earnings.close();
        open = false;
        world.run(off);
        boots++;
        booted = world.time.instant();
        slept = Duration.ZERO;
        earnings = opened();
    }

    @Override
    public void close() {
        if (open) {
            earnings.close();
            open = false;
        }
    }
}
