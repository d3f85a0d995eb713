package io.holdfast.testkit.network;

import io.holdfast.testkit.random.SeededRandom;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A network between real programs that does harm: a TCP proxy on any free port of the loopback, each of whose connections meets
 * a fault, drawn from a seed, at a byte that is drawn too, and another one later if it survives that. Programs of a real machine
 * do not repeat exactly, so a seed brings back the faults, not what they hit. Thread-safe.
 *
 * {@snippet :
 * try (FaultyProxy network = FaultyProxy.open(server, new SeededRandom(seed))) {
 *     network.allow(List.of(ConnectionFault.CUT, ConnectionFault.STALL));
 *     // point the client at network.address()
 * }
 * }
 */
public final class FaultyProxy implements AutoCloseable {

    /** The latest byte of a direction that meets its fault: beyond an ordinary message, within a long-lived connection. */
    private static final int BYTES_MAX = 16_384;

    private static final Duration DELAY_MAX = Duration.ofMillis(500);
    private static final int CHUNK = 1 << 12;

    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final SeededRandom random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<ConnectionFault, Integer> met = new EnumMap<>(ConnectionFault.class);
    private final CountDownLatch closed = new CountDownLatch(1);
    private List<ConnectionFault> allowed = List.of();

    private FaultyProxy(ServerSocket listening, InetSocketAddress target, SeededRandom random) {
        this.listening = listening;
        this.target = target;
        this.random = random;
    }

    /** Listens; harmless until {@link #allow}. */
    public static FaultyProxy open(InetSocketAddress target, SeededRandom random) {
        try {
            FaultyProxy proxy =
                    new FaultyProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), target, random.split());
            Thread.ofVirtual().name("faulty-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Where programs reach the target through this network. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    }

    /** Every connection from now on meets one of these; none to do no more harm. Connections that are open keep their fate. */
    public synchronized void allow(List<ConnectionFault> faults) {
        allowed = List.copyOf(faults);
    }

    /** Resets every connection that is open. */
    public void cutAll() {
        open.forEach(FaultyProxy::reset);
    }

    /** How many connections have met each fault. */
    public synchronized Map<ConnectionFault, Integer> met() {
        return Collections.unmodifiableMap(new EnumMap<>(met));
    }

    /** What a connection will meet, in one of its directions. */
    private record Fate(ConnectionFault fault, boolean onAnswer, long atByte, int bit, Duration delay) {
        Fate after(long bytes) {
            return new Fate(fault, onAnswer, bytes + atByte, bit, delay);
        }
    }

    private synchronized Optional<Fate> draw() {
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Fate(
                allowed.get(random.nextInt(allowed.size())),
                random.nextInt(2) == 0,
                random.nextInt(1 + random.nextInt(BYTES_MAX)),
                random.nextInt(Byte.SIZE),
                Duration.ofNanos(random.nextLong(DELAY_MAX.toNanos()))));
    }

    private synchronized void count(ConnectionFault fault) {
        met.merge(fault, 1, Integer::sum);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().name("faulty-connection").start(() -> connect(client));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket(target.getAddress(), target.getPort())) {
            Set<Socket> both = Set.of(client, server);
            open.addAll(both);
            try {
                pass(client, server, draw());
            } finally {
                open.removeAll(both);
            }
        } catch (IOException unreachable) {
            // The client sees it as what it is: nobody there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands both directions on, until both have ended. */
    private void pass(Socket client, Socket server, Optional<Fate> fate) throws InterruptedException {
        Thread requests = Thread.ofVirtual()
                .name("faulty-requests")
                .start(() -> handOn(client, server, fate.filter(each -> !each.onAnswer)));
        handOn(server, client, fate.filter(each -> each.onAnswer));
        requests.join();
    }

    /** Hands one direction on, until it ends or meets its fate. */
    private void handOn(Socket from, Socket to, Optional<Fate> fate) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            long passed = 0;
            Optional<Fate> next = fate;
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (next.isPresent() && passed + length > next.get().atByte) {
                    count(next.get().fault);
                    if (!goesOn(next.get(), chunk, length, passed, from, to)) {
                        return;
                    }
                    long behind = passed + length;
                    next = draw().map(another -> another.after(behind));
                }
                out.write(chunk, 0, length);
                passed += length;
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            // One direction broke: the other ends with it.
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean goesOn(Fate fate, byte[] chunk, int length, long passed, Socket from, Socket to)
            throws IOException, InterruptedException {
        int at = Math.toIntExact(Math.max(0, fate.atByte - passed));
        return switch (fate.fault) {
            case CUT -> {
                reset(from);
                reset(to);
                yield false;
            }
            case END -> {
                to.getOutputStream().write(chunk, 0, Math.min(at, length));
                from.close();
                to.close();
                yield false;
            }
            case STALL -> {
                closed.await();
                yield false;
            }
            case DELAY -> !closed.await(fate.delay.toNanos(), TimeUnit.NANOSECONDS);
            case CORRUPT -> {
                chunk[Math.min(at, length - 1)] ^= (byte) (1 << fate.bit);
                yield true;
            }
        };
    }

    private static void reset(Socket socket) {
        try {
            // Without lingering a close is a reset (RFC 9293, section 3.10.7).
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // as wanted
        }
    }

    /** Listens no more, and resets what is open. */
    @Override
    public void close() {
        closed.countDown();
        try {
            listening.close();
        } catch (IOException alreadyGone) {
            // Nobody can connect any more, which is what was wanted.
        }
        cutAll();
    }
}
