package io.holdfast.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Hands bytes between a client and a server, and does harm to answers on demand. */
final class FaultyNetwork implements AutoCloseable {

    /** What happens to the next answer that is longer than the smallest, after its request has reached the server. */
    enum Fault {
        /** Nothing. */
        NONE,
        /** The connection is cut before anything of it arrives. */
        LOSE_ANSWER,
        /** The connection is cut in its middle. */
        CUT_ANSWER,
        /** Some bytes of its body arrive as others. */
        CORRUPT_ANSWER
    }

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);
    private final AtomicInteger faults = new AtomicInteger();

    FaultyNetwork(int target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Harms one answer. */
    void harm(Fault fault) {
        next.set(fault);
    }

    int faults() {
        return faults.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> pass(client, server, false));
                Thread.ofVirtual().start(() -> pass(server, client, true));
            }
        } catch (IOException closed) {
            // That is how it ends.
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        byte[] chunk = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                Fault fault = answers ? next.getAndSet(Fault.NONE) : Fault.NONE;
                if (fault != Fault.NONE) {
                    faults.incrementAndGet();
                }
                switch (fault) {
                    case NONE -> out.write(chunk, 0, length);
                    case LOSE_ANSWER -> {
                        return;
                    }
                    case CUT_ANSWER -> {
                        out.write(chunk, 0, length - 10);
                        return;
                    }
                    case CORRUPT_ANSWER -> {
                        // Well behind the headers.
                        for (int at = length - 40; at < length; at += 7) {
                            chunk[at] ^= 0x55;
                        }
                        out.write(chunk, 0, length);
                    }
                }
                out.flush();
            }
        } catch (IOException gone) {
            // The other direction ends by itself.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
