package io.holdfast.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.random.SeededRandom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyProxyTest {

    private static final int BYTES = 30_000;

    private ServerSocket echo;
    private FaultyProxy proxy;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = FaultyProxy.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.getLocalPort()), new SeededRandom(7));
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    private void serve() {
        while (true) {
            try {
                Socket client = echo.accept();
                Thread.ofVirtual().start(() -> echo(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException broken) {
            // as some tests want it
        }
    }

    /** What came back; shorter if the connection broke. */
    private byte[] echoed(byte[] sent) throws IOException {
        try (Socket socket =
                new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            socket.setSoTimeout(500);
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException broken) {
                    // the reader sees it
                }
            });
            byte[] back = new byte[sent.length];
            int length = 0;
            try {
                for (int read = 0; read >= 0 && length < back.length; length += Math.max(read, 0)) {
                    read = socket.getInputStream().read(back, length, back.length - length);
                }
            } catch (IOException broken) {
                // what came until then
            }
            return Arrays.copyOf(back, length);
        }
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        new java.util.SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void handsEverythingOnUnlessAskedForHarm() throws IOException {
        assertThat(echoed(bytes())).isEqualTo(bytes());
        assertThat(proxy.met()).isEmpty();
    }

    @Test
    void cutsEndsAndStallsSomewhere() throws IOException {
        for (ConnectionFault fault : List.of(ConnectionFault.CUT, ConnectionFault.END, ConnectionFault.STALL)) {
            proxy.allow(List.of(fault));
            byte[] back = echoed(bytes());
            assertThat(back).hasSizeLessThan(BYTES).isEqualTo(Arrays.copyOf(bytes(), back.length));
            assertThat(proxy.met()).containsEntry(fault, 1);
        }
    }

    @Test
    void delaysWithoutHarm() throws IOException {
        proxy.allow(List.of(ConnectionFault.DELAY));
        assertThat(echoed(bytes())).isEqualTo(bytes());
        assertThat(proxy.met()).containsOnlyKeys(ConnectionFault.DELAY);
    }

    @Test
    void changesOneBitEachTimeItCorrupts() throws IOException {
        proxy.allow(List.of(ConnectionFault.CORRUPT));
        byte[] back = echoed(bytes());
        byte[] sent = bytes();
        int bits = 0;
        for (int i = 0; i < BYTES; i++) {
            bits += Integer.bitCount((back[i] ^ sent[i]) & 0xff);
        }
        assertThat(bits).isPositive().isEqualTo(proxy.met().get(ConnectionFault.CORRUPT));
    }

    @Test
    void doesNoMoreHarmWhenToldSo() throws IOException {
        proxy.allow(List.of(ConnectionFault.CUT));
        echoed(bytes());
        proxy.allow(List.of());
        assertThat(echoed(bytes())).isEqualTo(bytes());
    }
}
