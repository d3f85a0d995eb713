package io.holdfast.earnings;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.amount.Rates;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.record.AnchorJson;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.Times;
import io.holdfast.earnings.record.UserEarnings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The session that runs on this device, and the claims that its time is told with. For one thread at a time. */
final class Mining {

    private final DeviceBooks books;
    private final DeviceTime time;
    private Optional<MiningSession> running = Optional.empty();
    private long reckoned;

    Mining(DeviceBooks books, DeviceTime time) {
        this.books = books;
        this.time = time;
    }

    /** Goes on with the session that ran when the file was closed. */
    void resume() {
        books.rememberDevice();
        Optional<MiningSession> latest = books.latest().or(this::begunBefore);
        time.resume(latest.map(session -> AnchorJson.read(session.clock())));
        running = latest.filter(MiningSession::open);
    }

    /**
     * In a store that was made anew: the session that this machine began. No other machine has this run of the clock that nobody
     * sets, so its name tells whose session it is.
     */
    private Optional<MiningSession> begunBefore() {
        String source = time.read().source();
        return books.running().stream()
                .filter(session -> AnchorJson.readable(session.clock())
                        && AnchorJson.read(session.clock()).reading().source().equals(source))
                .findFirst()
                .map(books::adopt);
    }

    boolean runs() {
        return running.isPresent();
    }

    Optional<MiningSession> running() {
        return running;
    }

    /** @throws HoldfastException EARNINGS_SESSION if a session runs on this device */
    void start(UserEarnings known) {
        if (running.isPresent()) {
            throw new HoldfastException(
                    ErrorCode.EARNINGS_SESSION,
                    "A session runs on this device since " + running.get().startedAt() + ". Stop it first.");
        }
        running = Optional.of(books.start(time.now(), Coins.of("earning_rate", known.rate())));
        reckoned = 0;
    }

    /**
     * Ends the user's sessions, on his other devices too.
     *
     * @throws HoldfastException EARNINGS_SESSION if none runs
     */
    void stop(UserEarnings known) {
        Anchor now = time.now();
        List<MiningSession> open =
                recent(known, now).stream().filter(MiningSession::open).toList();
        if (open.isEmpty()) {
            throw new HoldfastException(ErrorCode.EARNINGS_SESSION, "No session runs. Start one.");
        }
        open.forEach(session -> books.ended(session, now, rates(known)));
        running = Optional.empty();
    }

    /** Reckons, and stores the claim if the stored one is older than a pace. */
    void reckon(Duration pace) {
        Anchor now = time.now();
        reckoned++;
        running.map(MiningSession::lastUpdate)
                .filter(stored -> !Times.instant(now.micros()).isBefore(stored.plus(pace)))
                .ifPresent(stored -> write(now));
    }

    /** Stores the claim as it stands now. */
    void write() {
        if (running.isPresent()) {
            write(time.now());
        }
    }

    private void write(Anchor now) {
        refresh();
        running = running.map(session -> books.reckoned(session, now, rates(known()), reckoned));
        reckoned = 0;
    }

    /** Another device may have ended the session meanwhile. */
    void refresh() {
        running = running.flatMap(session -> books.session(session.id())).filter(MiningSession::open);
    }

    /** Records clocks that contradict each other. */
    void jumped(Anchor.Moved moved) {
        moved.jump().ifPresent(jump -> {
            BigDecimal earned = running.map(MiningSession::earned).orElse(Coins.ZERO.number());
            books.jumped(jump, earned, Times.instant(moved.anchor().micros()));
            // The anchor must not be lost with the process: it would notice the same jump again.
            if (running.isPresent()) {
                write(moved.anchor());
            }
        });
    }

    /** A session may have ended a moment before that moment had come for the server: that is claimed again, once it has. */
    void reclaim() {
        Optional<UserEarnings> user = books.user();
        if (user.isEmpty() || !time.known()) {
            return;
        }
        for (MiningSession session : recent(user.get(), time.last())) {
            long left = books.settlement(session.id())
                    .map(MiningSettlement::settledUntil)
                    .map(until -> Foresight.reached(session) - Times.micros(until))
                    .orElse(0L);
            boolean own = books.own(session) && !session.open();
            if (own && left > 0 && left <= Foresight.RECLAIM_MICROS) {
                books.again(session);
            }
        }
    }

    /** The first time that a server is heard of: what was told by this device's clock is told again by the server's. */
    void retime(Duration ahead) {
        List<MiningSession> untimed = books.sessions(Instant.EPOCH).stream()
                .filter(session -> books.own(session) && session.timedBy().equals(MiningSession.DEVICE))
                .toList();
        if (!untimed.isEmpty()) {
            Anchor now = time.last();
            books.retime(untimed, ahead, Times.instant(now.micros()));
            running = books.latest().filter(MiningSession::open);
            if (running.isPresent()) {
                write(now);
            }
        }
    }

    /** @throws HoldfastException NOT_FOUND if the user was not initialized */
    UserEarnings known() {
        return books.user()
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "Nothing is known of this user here. Initialize him first."));
    }

    /** The sessions that time may still be settled for. */
    List<MiningSession> recent(UserEarnings known, Anchor now) {
        Duration lookback = Foresight.books(known).terms().lookback();
        return books.sessions(Times.instant(now.micros()).minus(lookback));
    }

    private static Rates rates(UserEarnings known) {
        return Foresight.books(known).ledger().rates();
    }
}
