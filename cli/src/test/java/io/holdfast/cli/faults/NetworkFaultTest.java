package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Journal;
import io.holdfast.testkit.network.ConnectionFault;
import io.holdfast.testkit.network.FaultyProxy;
import io.holdfast.testkit.random.SeededRandom;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real devices and a real server on a network that cuts, ends, stalls, delays and corrupts connections. Corruption is that of bytes
 * which TCP's checksum lets pass, on a connection without TLS.
 */
@Tag("faults")
class NetworkFaultTest {

    private static final int SHORT = 15;
    private static final int LONG = 300;

    /** What three rounds of {@link DeviceProgram} say. */
    private static final int LINES = 6;

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostOrDoubledByABadNetwork() {
        run(SHORT, List.of(ConnectionFault.CUT, ConnectionFault.END, ConnectionFault.STALL, ConnectionFault.DELAY));
    }

    @Test
    void nothingIsLostOrDoubledByCorruptedBytes() {
        run(SHORT, List.of(ConnectionFault.CORRUPT));
    }

    @Test
    @Tag("long")
    void nothingIsLostOrDoubledByABadNetworkForLong() {
        run(LONG, List.of(ConnectionFault.values()));
    }

    private void run(int connections, List<ConnectionFault> faults) {
        SeededRandom random = Seed.fresh("a network with " + faults);
        Journal.in(folder);
        try (RealServer server = RealServer.embedded(folder)) {
            InetSocketAddress target = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    URI.create(server.address()).getPort());
            try (FaultyProxy network = FaultyProxy.open(target, random)) {
                String address = "http://127.0.0.1:" + network.address().getPort();
                Promises promises = new Promises();
                String token = server.token("device");
                try (RealDevice phone = RealDevice.start(folder, "phone", address, token, promises);
                        RealDevice laptop = RealDevice.start(folder, "laptop", address, token, promises)) {
                    network.allow(faults);
                    network.cutAll(); // what is open already would never meet one
                    List<RealDevice> devices = List.of(phone, laptop);
                    while (met(network) < connections) {
                        for (RealDevice device : devices) {
                            device.write(3);
                            device.hear(LINES);
                            device.linger(Duration.ofMillis(random.nextInt(60)));
                        }
                    }
                    network.allow(List.of());
                    network.cutAll();
                    devices.forEach(RealDevice::crash);
                    new Reckoning(folder, server, promises)
                            .check(devices.stream().map(RealDevice::store).toList());
                }
                System.out.println(
                        "faults: a bad network: " + network.met() + ", " + promises.size() + " promises kept");
                assertThat(network.met().keySet()).containsAll(faults);
                server.stop();
            }
        }
    }

    private static int met(FaultyProxy network) {
        return network.met().values().stream().mapToInt(Integer::intValue).sum();
    }
}
