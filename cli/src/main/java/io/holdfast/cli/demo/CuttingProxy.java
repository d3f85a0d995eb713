package io.holdfast.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network that breaks once, at the worst moment: it hands everything on until a device has sent so many bytes, cuts the
 * connection after the head of the server's next answer, and works from then on. The server has done then what it was asked,
 * and the device does not know. Thread-safe.
 */
final class CuttingProxy implements AutoCloseable {

    /** What ends the head of an answer (RFC 9112, section 2.1). */
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private static final int BUFFER = 1 << 14;

    private final ServerSocket listening;
    private final URI server;
    private final long sentBytesBefore;
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicBoolean cut = new AtomicBoolean();

    private CuttingProxy(ServerSocket listening, URI server, long sentBytesBefore) {
        this.listening = listening;
        this.server = server;
        this.sentBytesBefore = sentBytesBefore;
    }

    /**
     * Listens on any free port of the loopback.
     *
     * @param sentBytesBefore the answer after so many bytes is cut
     */
    static CuttingProxy open(URI server, long sentBytesBefore) {
        try {
            CuttingProxy proxy =
                    new CuttingProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), server, sentBytesBefore);
            Thread.ofVirtual().name("demo-network").start(proxy::accept);
            return proxy;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Where a device reaches the server through this network. */
    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Whether it has broken. */
    boolean hasCut() {
        return cut.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket device = listening.accept();
                Thread.ofVirtual().name("demo-connection").start(() -> connect(device));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket device) {
        try (device;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            Thread.ofVirtual().name("demo-requests").start(() -> requests(device, upstream));
            answers(upstream.getInputStream(), device.getOutputStream());
        } catch (IOException broken) {
            // The other end sees it as what it is: a broken connection.
        }
    }

    private void requests(Socket device, Socket upstream) {
        try {
            InputStream in = device.getInputStream();
            OutputStream out = upstream.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                sentBytes.addAndGet(length);
                out.write(buffer, 0, length);
            }
            upstream.shutdownOutput();
        } catch (IOException broken) {
            // Ends with its connection.
        }
    }

    private void answers(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int headEnd = 0;
        boolean breaks = false;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            breaks |= sentBytes.get() >= sentBytesBefore && cut.compareAndSet(false, true);
            for (int i = 0; breaks && i < length; i++) {
                headEnd = buffer[i] == HEAD_END[headEnd] ? headEnd + 1 : 0;
                if (headEnd == HEAD_END.length) {
                    out.write(buffer, 0, i + 1);
                    return;
                }
            }
            out.write(buffer, 0, length);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException alreadyGone) {
            // Nobody can connect any more, which is what was wanted.
        }
    }
}
