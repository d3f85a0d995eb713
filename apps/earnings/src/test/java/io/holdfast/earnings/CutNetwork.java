package io.holdfast.earnings;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network that resets every connection at one byte: whatever is sent either way is handed on until so many bytes have passed in
 * all, and once they have, it works. Thread-safe.
 */
final class CutNetwork implements AutoCloseable {

    private final ServerSocket listening;
    private final URI server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private long cutAt;
    private long passed;

    CutNetwork(URI server, long cutAt) {
        this.server = server;
        this.cutAt = cutAt;
        try {
            listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Bytes that have passed, both ways. */
    synchronized long passed() {
        return passed;
    }

    /** How many of so many bytes may pass; fewer than all once. */
    private synchronized int allowed(int length) {
        boolean cuts = cutAt >= 0 && passed + length > cutAt;
        int allowed = cuts ? (int) (cutAt - passed) : length;
        passed += allowed;
        cutAt = cuts ? -1 : cutAt;
        return allowed;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket device = listening.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                open.add(device);
                open.add(upstream);
                Thread.ofVirtual().start(() -> handOn(device, upstream));
                Thread.ofVirtual().start(() -> handOn(upstream, device));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void handOn(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 12];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int allowed = allowed(length);
                out.write(buffer, 0, allowed);
                if (allowed < length) {
                    cut();
                    return;
                }
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            // The other end sees it as what it is.
        }
    }

    private void cut() throws IOException {
        for (Socket socket : List.copyOf(open)) {
            open.remove(socket);
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            cut();
        } catch (IOException alreadyGone) {
            // Nobody can connect any more.
        }
    }
}
